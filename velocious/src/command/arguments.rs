//! What can be written on the command line, and what it means.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use velocious_naming::nearest;

use super::routes::Format;
use super::{complain, say};
use crate::Application;
use crate::config::{Environment, Overrides};

/// What the process is to do.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Command {
    Server,
    Routes {
        filter: Option<String>,
        format: Format,
    },
    Secret,
    SecurityCheck {
        format: Format,
    },
    Create,
    Drop,
    Reset,
    Load,
    Migrate {
        to: Option<u64>,
    },
    Rollback {
        steps: usize,
    },
    Seed,
    Status,
}

/// The command line as meant.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) command: Command,
    /// Which database, by its name in the configuration, where it is about one.
    pub(super) database: String,
    /// The environment, when it was named here.
    pub(super) environment: Option<Environment>,
    /// Configuration that was given here.
    pub(super) overrides: Overrides,
}

/// A command line that leads to no command.
#[derive(Debug)]
pub(super) enum Unusable {
    /// clap has something to say: help, the version, or what is wrong.
    Clap(clap::Error),
    /// No command at all: the text that lists them.
    Empty(String),
    /// A command that does not exist, and the text that lists those that do.
    Unknown(String, String),
    /// An environment that cannot be one.
    Environment(crate::Error),
}

impl Unusable {
    /// Says what there is to say.
    pub(super) fn report(self) -> ExitCode {
        match self {
            Unusable::Clap(error) => {
                let code = u8::try_from(error.exit_code()).unwrap_or(2);
                // Nothing can be done when the terminal has gone.
                let _ = error.print();
                ExitCode::from(code)
            }
            Unusable::Empty(help) => {
                say(help.trim_end());
                ExitCode::SUCCESS
            }
            Unusable::Unknown(name, help) => {
                complain(&format!("error: {}\n\n{}", unknown(&name), help.trim_end()));
                ExitCode::FAILURE
            }
            Unusable::Environment(error) => {
                complain(&format!("error: {error}"));
                ExitCode::from(2)
            }
        }
    }
}

const COMMANDS: &[&str] = &[
    "server",
    "routes",
    "secret",
    "security:check",
    "db:create",
    "db:drop",
    "db:migrate",
    "db:reset",
    "db:rollback",
    "db:schema:load",
    "db:seed",
    "db:status",
];

fn unknown(name: &str) -> String {
    match nearest(name, COMMANDS) {
        Some(meant) => format!("there is no command `{name}`: did you mean `{meant}`?"),
        None => format!("there is no command `{name}`"),
    }
}

/// Reads the command line of `application`.
pub(super) fn parse(
    application: &Application,
    line: impl IntoIterator<Item = OsString>,
) -> Result<Line, Unusable> {
    let mut grammar = grammar(application);
    let help = grammar.render_help().to_string();
    let matches = grammar.try_get_matches_from(line).map_err(Unusable::Clap)?;
    let (command, arguments) = match matches.subcommand() {
        None => return Err(Unusable::Empty(help)),
        Some((name, arguments)) => match command(name, arguments) {
            Some(command) => (command, arguments),
            None => return Err(Unusable::Unknown(name.to_owned(), help)),
        },
    };
    let environment = matches
        .get_one::<String>("environment")
        .map(|name| Environment::named(name))
        .transpose()
        .map_err(Unusable::Environment)?;
    Ok(Line {
        command,
        database: arguments
            .try_get_one::<String>("database")
            .ok()
            .flatten()
            .cloned()
            .unwrap_or_else(|| "default".into()),
        environment,
        overrides: overrides(arguments),
    })
}

fn command(name: &str, arguments: &ArgMatches) -> Option<Command> {
    Some(match name {
        "server" => Command::Server,
        "routes" => Command::Routes {
            filter: arguments.get_one("filter").cloned(),
            format: format(arguments),
        },
        "secret" => Command::Secret,
        "security:check" => Command::SecurityCheck {
            format: format(arguments),
        },
        "db:create" => Command::Create,
        "db:drop" => Command::Drop,
        "db:reset" => Command::Reset,
        "db:schema:load" => Command::Load,
        "db:migrate" => Command::Migrate {
            to: arguments.get_one("to").copied(),
        },
        "db:rollback" => Command::Rollback {
            steps: arguments.get_one("steps").copied().unwrap_or(1),
        },
        "db:seed" => Command::Seed,
        "db:status" => Command::Status,
        _ => return None,
    })
}

/// How a command prints what it found.
fn format(arguments: &ArgMatches) -> Format {
    match arguments.get_flag("json") {
        true => Format::Json,
        false => Format::Table,
    }
}

/// What the arguments of `server` override in the configuration.
fn overrides(arguments: &ArgMatches) -> Overrides {
    let known = [
        ("server.host", "host", "--host"),
        ("server.port", "port", "--port"),
        ("server.socket", "socket", "--socket"),
        ("server.workers", "workers", "--workers"),
    ];
    known
        .into_iter()
        .filter_map(|(key, id, argument)| {
            let value = arguments.try_get_one::<String>(id).ok().flatten()?;
            Some((key, argument, value.clone()))
        })
        .collect()
}

fn grammar(application: &Application) -> clap::Command {
    let environment = Arg::new("environment")
        .long("environment")
        .short('e')
        .value_name("NAME")
        .help("The environment, instead of VELOCIOUS_ENV")
        .global(true);
    clap::Command::new(application.name)
        .version(application.version)
        .allow_external_subcommands(true)
        .disable_help_subcommand(true)
        .subcommand_value_name("COMMAND")
        .arg(environment)
        .subcommand(server())
        .subcommand(routes())
        .subcommand(about(
            "secret",
            "Print a random secret for VELOCIOUS_COOKIE_SECRET",
        ))
        .subcommand(
            about(
                "security:check",
                "Look for what lets strangers in, in production unless -e says otherwise",
            )
            .arg(json()),
        )
        .subcommand(about("db:create", "Create the database"))
        .subcommand(about("db:drop", "Drop the databases"))
        .subcommand(
            about("db:migrate", "Apply the migrations that are pending")
                .arg(
                    Arg::new("to")
                        .long("to")
                        .value_name("VERSION")
                        .help("Apply those up to this one, and undo those after it; 0 undoes all")
                        .value_parser(value_parser!(u64)),
                )
                .arg(database(
                    "Which database `--to` is about [default: default]",
                )),
        )
        .subcommand(about(
            "db:reset",
            "Drop the databases, make them anew, migrate and seed them",
        ))
        .subcommand(
            about("db:rollback", "Undo the last migrations")
                .arg(
                    Arg::new("steps")
                        .long("steps")
                        .value_name("NUMBER")
                        .help("How many migrations [default: 1]")
                        .value_parser(value_parser!(usize)),
                )
                .arg(database("Which database [default: default]")),
        )
        .subcommand(about(
            "db:schema:load",
            "Make the tables of an empty database as `db/structure-….sql` has them",
        ))
        .subcommand(about(
            "db:seed",
            "Fill the database with the application's seeds",
        ))
        .subcommand(about(
            "db:status",
            "List the migrations and whether they are applied",
        ))
}

fn database(help: &'static str) -> Arg {
    Arg::new("database")
        .long("database")
        .value_name("NAME")
        .help(help)
}

fn server() -> clap::Command {
    let argument =
        |name: &'static str, value, help| Arg::new(name).long(name).value_name(value).help(help);
    about("server", "Serve the application")
        .arg(argument("host", "ADDRESS", "The address to listen on"))
        .arg(
            argument(
                "port",
                "NUMBER",
                "The port to listen on; 0 for any free one",
            )
            .short('p'),
        )
        .arg(
            argument(
                "socket",
                "PATH",
                "A unix socket to listen at, instead of an address",
            )
            .conflicts_with_all(["host", "port"]),
        )
        .arg(argument(
            "workers",
            "NUMBER",
            "How many threads answer requests",
        ))
}

fn routes() -> clap::Command {
    let filter = Arg::new("filter")
        .value_name("TEXT")
        .help("Only the routes whose name, method, path or action contains this");
    about("routes", "List the routes").arg(filter).arg(json())
}

fn json() -> Arg {
    Arg::new("json")
        .long("json")
        .action(ArgAction::SetTrue)
        .help("Print JSON")
}

fn about(name: &'static str, text: &'static str) -> clap::Command {
    clap::Command::new(name).about(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &[&str]) -> Result<Line, Unusable> {
        let application = Application::new("shop", "1.2.3", "");
        let line = ["shop"]
            .iter()
            .chain(line)
            .map(|word| OsString::from(*word));
        parse(&application, line)
    }

    #[test]
    fn commands_and_their_arguments_are_read() {
        let line = parsed(&["server", "--host", "0.0.0.0", "-p", "80"]).expect("a command");
        assert_eq!(line.command, Command::Server);
        assert_eq!(
            line.overrides,
            [
                ("server.host", "--host", "0.0.0.0".to_owned()),
                ("server.port", "--port", "80".to_owned())
            ]
        );
        let line = parsed(&["server", "--socket", "/run/shop.sock"]).expect("a command");
        let socket = ("server.socket", "--socket", "/run/shop.sock".to_owned());
        assert_eq!(line.overrides, [socket]);
        let line = parsed(&["db:rollback", "--steps", "3", "-e", "test"]).expect("a command");
        assert_eq!(line.command, Command::Rollback { steps: 3 });
        assert_eq!(line.database, "default");
        let words = [
            "db:migrate",
            "--to",
            "20260101120000",
            "--database",
            "reporting",
        ];
        let moved = parsed(&words).expect("a command");
        let to = Some(20_260_101_120_000);
        assert_eq!(
            (moved.command, moved.database.as_str()),
            (Command::Migrate { to }, "reporting")
        );
        assert_eq!(line.environment, Some(Environment::TEST));
        assert_eq!(
            parsed(&["db:rollback"]).expect("a command").command,
            Command::Rollback { steps: 1 }
        );
        for name in COMMANDS {
            assert!(parsed(&[name]).is_ok(), "{name}");
        }
    }

    #[test]
    fn routes_are_filtered_and_printed_as_json() {
        let routes = |line| parsed(line).expect("a command").command;
        let (filter, format) = (None, Format::Table);
        assert_eq!(routes(&["routes"]), Command::Routes { filter, format });
        let (filter, format) = (Some("tasks".to_owned()), Format::Json);
        assert_eq!(
            routes(&["routes", "tasks", "--json"]),
            Command::Routes { filter, format }
        );
    }

    #[test]
    fn no_command_lists_all_of_them() {
        let Err(Unusable::Empty(help)) = parsed(&[]) else {
            panic!("no command was taken for one");
        };
        for name in COMMANDS {
            assert!(help.contains(name), "{name} is not in {help}");
        }
    }

    #[test]
    fn an_unknown_command_suggests_the_nearest() {
        let Err(Unusable::Unknown(name, help)) = parsed(&["db:migrat", "--force"]) else {
            panic!("an unknown command was taken for a known one");
        };
        assert_eq!(
            unknown(&name),
            "there is no command `db:migrat`: did you mean `db:migrate`?"
        );
        assert!(help.contains("db:migrate"));
        assert_eq!(unknown("xyz"), "there is no command `xyz`");
    }

    #[test]
    fn senseless_arguments_are_refused() {
        assert!(matches!(
            parsed(&["db:rollback", "--steps", "x"]),
            Err(Unusable::Clap(_))
        ));
        assert!(matches!(
            parsed(&["server", "--socket", "x", "--port", "80"]),
            Err(Unusable::Clap(_))
        ));
        assert!(matches!(
            parsed(&["routes", "--host", "x"]),
            Err(Unusable::Clap(_))
        ));
        assert!(matches!(
            parsed(&["routes", "-e", "../x"]),
            Err(Unusable::Environment(_))
        ));
    }
}
