//! What follows a command's name.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Command, error::ErrorKind};

use super::{
    help::FIELDS,
    list::{Action, Entry},
};
use crate::{
    destroy::Changed,
    failure::{Failure, Outcome},
    generate::Generator,
};

/// The arguments of a command, as meant.
pub(super) enum Parsed {
    /// `init [NAME] [--path CHECKOUT]`
    Init {
        name: Option<String>,
        checkout: Option<String>,
    },
    /// `secret`
    Secret,
    /// `g:… NAME [WORD]…`
    Generate { name: String, words: Vec<String> },
    /// `d:… NAME [--force]`
    Destroy { name: String, changed: Changed },
}

/// Reads `words`, which follow the name of `entry`; `None` when they asked for help, which has then been printed.
///
/// # Errors
/// They are not what the command takes.
pub(super) fn parse(entry: &Entry, words: &[OsString]) -> Outcome<Option<Parsed>> {
    match command(entry)
        .no_binary_name(true)
        .try_get_matches_from(words)
    {
        Ok(matches) => Ok(Some(parsed(&entry.action, &matches))),
        Err(error) if error.kind() == ErrorKind::DisplayHelp => {
            print!("{error}");
            Ok(None)
        }
        Err(error) => {
            let text = error.to_string();
            Err(Failure::usage(
                text.trim_end().trim_start_matches("error: "),
            ))
        }
    }
}

/// The help of one command.
pub(super) fn help(entry: &Entry) -> String {
    command(entry).render_help().to_string()
}

fn parsed(action: &Action, matches: &ArgMatches) -> Parsed {
    let one = |id: &str| matches.get_one::<String>(id).cloned();
    match action {
        Action::Init | Action::Application => Parsed::Init {
            name: one("NAME"),
            checkout: one("path"),
        },
        Action::Secret => Parsed::Secret,
        Action::Generate(_) => Parsed::Generate {
            name: one("NAME").unwrap_or_default(),
            words: matches
                .get_many::<String>("WORD")
                .unwrap_or_default()
                .cloned()
                .collect(),
        },
        Action::Destroy(_) => Parsed::Destroy {
            name: one("NAME").unwrap_or_default(),
            changed: if matches.get_flag("force") {
                Changed::Remove
            } else {
                Changed::Keep
            },
        },
    }
}

fn command(entry: &Entry) -> Command {
    let command = Command::new(entry.short)
        .bin_name(format!("velocious {}", entry.short))
        .about(entry.about);
    let name = Arg::new("NAME").required(true);
    match entry.action {
        Action::Init => command.arg(name.required(false).help("The folder to make; `.`, or nothing, is this folder")).arg(
            Arg::new("path")
                .long("path")
                .value_name("CHECKOUT")
                .help("Depend on this checkout of Velocious instead of the published crate"),
        ),
        Action::Generate(Generator::Controller) => command
            .arg(name.help("The controller, such as Pages"))
            .arg(word("ACTION", "An action, such as about; it is served at /pages/about")),
        Action::Generate(generator) => command
            .arg(name.help(match generator {
                Generator::Migration => "The migration: create_TABLE, add_X_to_TABLE, remove_X_from_TABLE or any other name",
                _ => "The model, such as Post",
            }))
            .arg(word("FIELD:TYPE", "A field, such as title:string"))
            .after_help(FIELDS),
        Action::Destroy(_) => command.arg(name.help("The name it was generated under")).arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help("Also remove files that were changed since they were generated"),
        ),
        Action::Secret => command,
        Action::Application => command
            .override_usage(format!("velocious {} {}", entry.short, entry.arguments))
            .after_help("Run inside an application, where its own binary answers; `--help` there lists the options."),
    }
}

fn word(value: &'static str, help: &'static str) -> Arg {
    Arg::new("WORD").value_name(value).num_args(0..).help(help)
}
