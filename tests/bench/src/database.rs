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
    /// The process that starts those of PostgreSQL; none for SQLite, which has no process.
    postmaster: Option<u32>,
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

    /// CPU seconds that the processes of the connections have spent, those that have ended included.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        match self.postmaster {
            None => Ok(0.0),
            // PostgreSQL has a process for each connection and says in its name which database it is for.
            Some(postmaster) => {
                Ok(cpu::of_all_with(" bench_")? + cpu::of_ended_children(postmaster)?)
            }
        }
    }

    /// The URL as `DATABASE_URL` wants it.
    pub(crate) fn url_of_app(&self) -> String {
        match self.postmaster {
            None => format!("sqlite:{}", self.of_app),
            Some(_) => self.of_app.clone(),
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
        postmaster: None,
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
        postmaster: Some(postmaster(&server)?),
        of_limit: format!("{root}/bench_limit"),
        of_app: format!("{root}/bench_app"),
    })
}

/// The first process of a server on this machine, as its folder of data says.
fn postmaster(server: &str) -> Result<u32> {
    let folder = Command::new("psql")
        .args([server, "-At", "-c", "SHOW data_directory"])
        .output()?;
    let folder = PathBuf::from(String::from_utf8(folder.stdout)?.trim());
    let file = folder.join("postmaster.pid");
    let text = std::fs::read_to_string(&file)
        .map_err(|error| format!("cannot read `{}`: {error}", file.display()))?;
    let first = text.lines().next().unwrap_or_default();
    Ok(first.parse()?)
}

fn run(command: &mut Command) -> Result<()> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} ended with {status}").into()),
        Err(error) => Err(format!("{command:?}: {error}").into()),
    }
}
