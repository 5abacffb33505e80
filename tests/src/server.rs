//! An application's server on a free port, with a database of its own.

use crate::PATIENCE;
use crate::folder::TemporaryFolder;
use crate::http::HttpClient;
use crate::process::Process;
use crate::program::program;
use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How to start the example application.
#[derive(Debug)]
pub struct ServerOptions {
    environment: &'static str,
    variables: Vec<(String, String)>,
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    /// Its process, to be signalled.
    pub process: Process,
    /// A client of it.
    pub client: HttpClient,
    /// Where it listens.
    pub address: SocketAddr,
    output: PathBuf,
    folder: TemporaryFolder,
}

impl Default for ServerOptions {
    fn default() -> Self {
        ServerOptions {
            environment: "development",
            variables: Vec::new(),
        }
    }
}

impl ServerOptions {
    /// In the production environment.
    #[must_use]
    pub fn production() -> Self {
        ServerOptions {
            environment: "production",
            ..ServerOptions::default()
        }
    }

    /// With an environment variable.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Starts the example application and waits until it answers.
    ///
    /// # Panics
    /// When it does not within [`PATIENCE`]; its output is in the message.
    #[must_use]
    pub fn start(self) -> Server {
        self.start_in(TemporaryFolder::new("server"))
    }

    /// Starts the example application on the database that lies in `folder`.
    ///
    /// # Panics
    /// When it does not answer within [`PATIENCE`]; its output is in the message.
    #[must_use]
    pub fn start_in(self, folder: TemporaryFolder) -> Server {
        let mut command = Command::new(program("example", "example"));
        command
            .env("VELOCIOUS_ENV", self.environment)
            .env(
                "DATABASE_URL",
                format!("sqlite:{}", folder.path().join("example.sqlite3").display()),
            )
            .env("EXAMPLE_STORAGE", folder.path().join("storage"))
            .env("VELOCIOUS_LOG_FILE", folder.path().join("server.log"))
            .env(
                "VELOCIOUS_COOKIE_SECRET",
                "6b2f0b1a94d1c6a1f7f0b0f3f0e4a5d39c8e7f6a5b4c3d2e1f0a9b8c7d6e5f40",
            )
            .env("VELOCIOUS_HOSTS", "127.0.0.1,localhost")
            .envs(self.variables);
        Server::start(command, folder)
    }
}

impl Server {
    /// The example application in the development environment.
    ///
    /// # Panics
    /// When it does not answer within [`PATIENCE`]; its output is in the message.
    #[must_use]
    pub fn example() -> Server {
        ServerOptions::default().start()
    }

    /// The same with a client that has signed up.
    ///
    /// # Panics
    /// When it does not answer within [`PATIENCE`]; its output is in the message.
    #[must_use]
    pub fn signed_in() -> Server {
        let server = Server::example();
        server.client.sign_up();
        server
    }

    /// Starts `command server` on a port that the kernel chooses and waits until it says where it listens. Its output
    /// goes to a file in `folder`.
    ///
    /// # Panics
    /// When it does not listen within [`PATIENCE`]; its output is in the message.
    #[must_use]
    pub fn start(mut command: Command, folder: TemporaryFolder) -> Server {
        let output = folder.path().join("output.txt");
        let file = File::create(&output).expect("the folder can be written");
        let errors = file.try_clone().expect("a file can be shared");
        command.args(["server", "--host", "127.0.0.1", "--port", "0"]);
        command.stdin(Stdio::null()).stdout(file).stderr(errors);
        let mut process = Process::start(&mut command);
        let address = wait_for_address(&mut process, &output);
        let client = HttpClient::new(&format!("http://{address}"));
        Server {
            process,
            client,
            address,
            output,
            folder,
        }
    }

    /// The address of one of its paths.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What it has printed so far.
    #[must_use]
    pub fn output(&self) -> String {
        read(&self.output)
    }

    /// What it has printed and logged so far.
    #[must_use]
    pub fn output_and_log(&self) -> String {
        self.output() + &read(&self.folder.path().join("server.log"))
    }

    /// Stops it without warning and hands over its folder, so that another can be started on the same database.
    #[must_use]
    pub fn kill(self) -> TemporaryFolder {
        let Server {
            process, folder, ..
        } = self;
        drop(process);
        folder
    }
}

fn wait_for_address(process: &mut Process, output: &Path) -> SocketAddr {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let text = read(output);
        if let Some((_, address)) = text.split_once("listens on http://") {
            let end = address.find(|letter: char| letter.is_whitespace());
            if let Some(Ok(address)) = end.map(|end| address[..end].parse()) {
                return address;
            }
        }
        if let Some(status) = process.ended() {
            panic!("the server ended before it listened ({status}):\n{text}");
        }
        assert!(
            Instant::now() < deadline,
            "the server does not listen:\n{text}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What a file that another process writes holds so far.
fn read(file: &Path) -> String {
    String::from_utf8_lossy(&fs::read(file).unwrap_or_default()).into_owned()
}
