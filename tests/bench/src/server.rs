//! One program under load: started on a free port, read through `/proc`, stopped by its process id.

use crate::load::{Connection, Request};
use crate::{Result, cpu};
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server. Dropping it ends the process.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
}

impl Server {
    /// Starts `command`, which `ready` completes with the port, and waits until it answers.
    pub(crate) fn start(
        mut command: Command,
        ready: impl FnOnce(&mut Command, u16),
    ) -> Result<Server> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        ready(&mut command, port);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        let mut server = Server { child, port };
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            if Connection::open(port)
                .and_then(|mut one| one.ask(&Request::get("/ping", "*/*")).map(drop))
                .is_ok()
            {
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("the server ended before it answered: {status}").into());
            }
            if Instant::now() > deadline {
                return Err("the server did not answer within 20 seconds".into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// User and system time spent so far, in seconds.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        cpu::of(self.child.id())
    }

    /// Resident memory in MiB: now, or the highest since the start.
    pub(crate) fn resident_mib(&self, line: &str) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let field = status
            .lines()
            .find_map(|text| text.strip_prefix(line))
            .ok_or("no such line in the status")?;
        Ok(field
            .trim_start_matches(':')
            .trim()
            .trim_end_matches(" kB")
            .parse::<f64>()?
            / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The child is ours and not yet waited for, so its id cannot belong to another process.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Builds packages of this workspace in release mode; returns the folder with their programs.
pub(crate) fn build(packages: &[&str]) -> Result<std::path::PathBuf> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--release", "--locked"])
        .current_dir(workspace());
    for package in packages {
        cargo.args(["--package", package]);
    }
    if !cargo.status()?.success() {
        return Err(format!("cannot build {}", packages.join(" and ")).into());
    }
    Ok(target().join("release"))
}

pub(crate) fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

pub(crate) fn target() -> std::path::PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), Into::into)
}
