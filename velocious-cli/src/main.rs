//! The `velocious` command: new applications, generators, and a door to the application's own command line.
//!
//! * [`command`] knows every command by name and runs it.
//! * [`generate`] and [`init`] turn a request into a [`plan::Plan`]; [`destroy`] takes back what a receipt lists.
//! * [`plan`] checks everything before it writes anything; [`edit`] changes files that already exist.
//! * [`application`] finds the application around the current folder; [`launch`] runs its own binary; [`secret`] needs none.
//! * [`test`] reads tags and lines off the tests and has cargo run those that are meant.
//! * [`name`], [`field`] check the words of a request; [`template`] fills the files in.

use std::{env, process::ExitCode};

mod application;
mod command;
mod destroy;
mod edit;
mod failure;
mod field;
mod generate;
mod init;
mod launch;
mod name;
mod plan;
mod receipt;
mod rustfmt;
mod secret;
mod template;
mod test;

fn main() -> ExitCode {
    let words = env::args_os().skip(1).collect();
    match command::run(words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
