//! The two programs: how each is started on its database.

use crate::Result;
use crate::database::{Databases, Kind};
use crate::server::{self, Server};
use std::path::PathBuf;
use std::process::Command;

/// The built programs with their filled databases.
pub(crate) struct Programs {
    folder: PathBuf,
    pub(crate) databases: Databases,
}

impl Programs {
    pub(crate) fn build(kind: Kind) -> Result<Programs> {
        let folder = server::build(&["bench-limit", "bench-app"])?;
        let data = server::target().join("bench-data");
        let databases = Databases::fill(kind, &data, &folder.join("bench-limit"))?;
        Ok(Programs { folder, databases })
    }

    /// The program written by hand.
    pub(crate) fn start_limit(&self) -> Result<Server> {
        Server::start(
            Command::new(self.folder.join("bench-limit")),
            |command, port| {
                command.args(["server", &self.databases.of_limit, &port.to_string()]);
            },
        )
    }

    /// The program in Velocious.
    pub(crate) fn start_app(&self) -> Result<Server> {
        Server::start(
            Command::new(self.folder.join("bench-app")),
            |command, port| {
                command
                    .args(["server", "--host", "127.0.0.1", "--port", &port.to_string()])
                    .current_dir(server::workspace().join("tests/bench/app"))
                    .env("VELOCIOUS_ENV", "production")
                    .env("DATABASE_URL", self.databases.url_of_app())
                    .env("VELOCIOUS_HOSTS", "127.0.0.1")
                    .env(
                        "VELOCIOUS_COOKIE_SECRET",
                        "b7c1f0a94d2e8563ae0d97f42b6c1853e94a70d8fb36c25107de8a94c3f6b21d",
                    );
            },
        )
    }
}
