//! The databases of both sides, filled alike.

use crate::Result;
use crate::cpu;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which database is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// One database for the program written by hand, one for Velocious.
pub(crate) struct Databases {
    kind: Kind,
    pub(crate) of_limit: String,
    pub(crate) of_app: String,
}

impl Databases {
    /// Makes and fills both: files in `folder`, or databases of the PostgreSQL that `VELOCIOUS_TEST_POSTGRES_URL` names.
    pub(crate) fn fill(kind: Kind, folder: &Path, limit: &Path) -> Result<Databases> {
        let databases = match kind {
            Kind::Sqlite => files(folder)?,
            Kind::Postgres => on_server()?,
        };
        for database in [&databases.of_limit, &databases.of_app] {
            run(Command::new(limit).arg("seed").arg(database))?;
        }
        Ok(databases)
    }

    /// CPU seconds that the processes of the connections have spent: none for SQLite, which has no process.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        match self.kind {
            Kind::Sqlite => Ok(0.0),
            // PostgreSQL has a process for each connection and says in its name which database it is for.
            Kind::Postgres => cpu::of_all_with(" bench_"),
        }
    }

    /// The URL as `DATABASE_URL` wants it.
    pub(crate) fn url_of_app(&self) -> String {
        match self.kind {
            Kind::Sqlite => format!("sqlite:{}", self.of_app),
            Kind::Postgres => self.of_app.clone(),
        }
    }
}

fn files(folder: &Path) -> Result<Databases> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let text = |path: PathBuf| path.display().to_string();
    Ok(Databases {
        kind: Kind::Sqlite,
        of_limit: text(folder.join("limit.sqlite3")),
        of_app: text(folder.join("app.sqlite3")),
    })
}

fn on_server() -> Result<Databases> {
    let server = std::env::var("VELOCIOUS_TEST_POSTGRES_URL").map_err(|_| {
        "set VELOCIOUS_TEST_POSTGRES_URL; `eval \"$(tests/databases.sh start FOLDER)\"` starts a server and sets it"
    })?;
    let Some((root, _)) = server.rsplit_once('/') else {
        return Err("VELOCIOUS_TEST_POSTGRES_URL has no database at its end".into());
    };
    for name in ["bench_limit", "bench_app"] {
        for sql in ["DROP DATABASE IF EXISTS", "CREATE DATABASE"] {
            run(Command::new("psql").args([&server, "--quiet", "-c", &format!("{sql} {name}")]))?;
        }
    }
    Ok(Databases {
        kind: Kind::Postgres,
        of_limit: format!("{root}/bench_limit"),
        of_app: format!("{root}/bench_app"),
    })
}

fn run(command: &mut Command) -> Result<()> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} ended with {status}").into()),
        Err(error) => Err(format!("{command:?}: {error}").into()),
    }
}
