//! A server process, and what can be seen of it from outside.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use velocious::{Error, Result};
use velocious_tests::{Server, TemporaryFolder};

/// What it takes to run where the application is used.
pub const PRODUCTION: &[(&str, &str)] = &[
    ("VELOCIOUS_ENV", "production"),
    ("VELOCIOUS_HOSTS", "localhost"),
    (
        "VELOCIOUS_COOKIE_SECRET",
        "5f0c2bb0a4a5d5b0b1d64a1f4bb7d7b3a4dbdbe0a1a9b9b5b2cf9b4bd3e6f8a7",
    ),
];

/// A running server. It ends with this.
pub struct Running {
    server: Server,
    root: PathBuf,
}

impl Running {
    /// Starts `program` as a server, with environment variables. In its folder there is a `public/` and a `tmp/`, where
    /// its temporary files go.
    ///
    /// # Errors
    /// When the folder cannot be made.
    ///
    /// # Panics
    /// When the server does not start.
    pub fn start(program: &Path, variables: &[(&str, &str)]) -> Result<Self> {
        Running::start_in(TemporaryFolder::new("proof"), program, variables)
    }

    fn start_in(
        folder: TemporaryFolder,
        program: &Path,
        variables: &[(&str, &str)],
    ) -> Result<Self> {
        let root = folder.path().to_owned();
        for name in ["public", "tmp"] {
            std::fs::create_dir_all(root.join(name))?;
        }
        let mut command = Command::new(program);
        command
            .env("VELOCIOUS_ENV", "test")
            .env("VELOCIOUS_ROOT", &root)
            .env("VELOCIOUS_SERVER_WORKERS", "2")
            .env("VELOCIOUS_LOG_FILE", root.join("server.log"))
            .env("VELOCIOUS_LOG_LEVEL", "warn")
            .env("DATABASE_URL", "sqlite:proof.sqlite3")
            .env("TMPDIR", root.join("tmp"))
            .envs(variables.iter().copied());
        Ok(Running {
            server: Server::start(command, folder),
            root,
        })
    }

    /// Kills it without warning, and starts another one in its folder.
    ///
    /// # Errors
    /// As [`Running::start`].
    pub fn killed_and_started(self, program: &Path, variables: &[(&str, &str)]) -> Result<Self> {
        Running::start_in(self.server.kill(), program, variables)
    }

    /// Asks it to stop, and waits until it has.
    ///
    /// # Panics
    /// When it has not within a time.
    pub fn stop(&mut self) -> ExitStatus {
        self.server.process.signal("TERM");
        self.server.process.wait()
    }

    /// Whether it has not ended.
    pub fn is_running(&mut self) -> bool {
        self.server.process.ended().is_none()
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.server.process.id()
    }

    /// What it has printed so far.
    pub fn output(&self) -> String {
        self.server.output_and_log()
    }

    /// How much memory it has, in KiB.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        number
            .ok_or_else(|| Error::message("the system does not say how much memory a process has"))
    }

    /// The ports of the clients whose connections the server has not closed.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn clients(&self) -> Result<BTreeSet<u16>> {
        let table = std::fs::read_to_string("/proc/net/tcp")?;
        let port = |text: &str| u16::from_str_radix(text.split(':').nth(1)?, 16).ok();
        let own = self.address().port();
        let clients = table.lines().skip(1).filter_map(|line| {
            let mut words = line.split_whitespace().skip(1);
            let (local, remote, state) = (words.next()?, words.next()?, words.next()?);
            // Established, or closed by the client only.
            let is_open = matches!(state, "01" | "08");
            (is_open && port(local) == Some(own)).then(|| port(remote))?
        });
        Ok(clients.collect())
    }
}
