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
    test::Asked,
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
    /// `test [PATH[:LINE]]… [--tag TAG]…`
    Test(Asked),
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
    let all = |id: &str| {
        let words = matches.get_many::<String>(id).unwrap_or_default();
        words.cloned().collect::<Vec<_>>()
    };
    match action {
        Action::Init | Action::Application => Parsed::Init {
            name: one("NAME"),
            checkout: one("path"),
        },
        Action::Secret => Parsed::Secret,
        Action::Test => Parsed::Test(Asked {
            places: all("PATH"),
            tags: all("tag"),
            excluded_tags: all("exclude-tag"),
            examples: all("example"),
            list: matches.get_flag("list"),
            harness: all("HARNESS"),
        }),
        Action::Generate(_) => Parsed::Generate {
            name: one("NAME").unwrap_or_default(),
            words: all("WORD"),
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
        Action::Test => tests(command),
        Action::Application => command
            .override_usage(format!("velocious {} {}", entry.short, entry.arguments))
            .after_help("Run inside an application, where its own binary answers; `--help` there lists the options."),
    }
}

fn tests(command: Command) -> Command {
    let several = |id: &'static str, letter: char, value: &'static str, help: &'static str| {
        Arg::new(id)
            .long(id)
            .short(letter)
            .value_name(value)
            .action(ArgAction::Append)
            .help(help)
    };
    command
        .arg(Arg::new("PATH").num_args(0..).help("A file, a folder, or a line of a file as in tests/requests/tasks.rs:12"))
        .arg(several("tag", 't', "TAG", "Only tests with one of these tags (also a,b)").alias("include-tag").value_delimiter(','))
        .arg(several("exclude-tag", 'x', "TAG", "No tests with one of these tags, whatever else is said").alias("skip-tag").value_delimiter(','))
        .arg(several("example", 'e', "TEXT", "Only tests whose name has this in it, or matches /a regular expression/i").alias("name"))
        .arg(Arg::new("list").long("list").action(ArgAction::SetTrue).help("Show them, instead of running them"))
        .arg(Arg::new("HARNESS").last(true).num_args(0..).help("What the test harness is given, such as --nocapture"))
        .after_help("Tags and `focus` stand in `#[velocious::test(tags(\"db\"), focus)]`. Tests in focus run alone, and the run fails.")
}

fn word(value: &'static str, help: &'static str) -> Arg {
    Arg::new("WORD").value_name(value).num_args(0..).help(help)
}
