//! Running the application's own binary, which knows its routes, migrations and settings.

use std::{env, ffi::OsString, process::Command};

use crate::{
    application::Application,
    failure::{Failure, Outcome},
};

/// Says where the description of the database is that models are checked against, or `off`.
const SCHEMA: &str = "VELOCIOUS_SCHEMA";

/// Runs the application's binary with `words`, building it first if it is out of date. The exit code becomes ours.
///
/// # Errors
/// Cargo could not be started.
pub(crate) fn run(application: &Application, words: &[OsString]) -> Outcome {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(&cargo);
    command
        .args(["run", "--quiet", "--manifest-path"])
        .arg(application.root().join("Cargo.toml"))
        .arg("--")
        .args(words);
    // What a migration is about to change, models need not agree with yet.
    let is_about_the_database = |word: &OsString| word.to_string_lossy().starts_with("db:");
    if words.first().is_some_and(is_about_the_database) && env::var_os(SCHEMA).is_none() {
        command.env(SCHEMA, "off");
    }
    let error = replace_process(command);
    Err(Failure::new(format!(
        "cannot run `{}`, which builds and starts the application: {error}; is Rust installed (https://rustup.rs)?",
        cargo.display()
    )))
}

/// Becomes `command`, so that signals reach the application itself; returns only when that fails.
#[cfg(unix)]
fn replace_process(mut command: Command) -> std::io::Error {
    std::os::unix::process::CommandExt::exec(&mut command)
}

/// Runs `command` to its end and leaves with its exit code; returns only when it could not start.
#[cfg(not(unix))]
fn replace_process(mut command: Command) -> std::io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
