//! The command line of an application's own binary.
//!
//! * [`run`]: what `main` calls;
//! * `arguments`: what can be written, as clap sees it, and what it means;
//! * `database`, `routes`, `secret`, `security`: the commands.

mod arguments;
mod database;
mod routes;
mod secret;
mod security;
#[cfg(all(test, feature = "sqlite"))]
mod tests;

use std::io::Write;
use std::process::ExitCode;

use self::arguments::{Command, Line};
use crate::application::{Boot, Given, server};
use crate::config::LogConfig;
use crate::{App, Application, Result, logging};

/// Runs the command that the process was started with.
///
/// The commands are `server`, `routes`, `secret`, `security:check`, `db:create`, `db:drop`, `db:migrate`, `db:reset`, `db:rollback`, `db:schema:load`,
/// `db:seed` and `db:status`; without
/// one, they are listed. The exit code is 0 after success, 1 after a failure, 2 for arguments that make no sense.
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     velocious::run(velocious::application!())
/// }
/// ```
pub fn run(application: Application) -> ExitCode {
    let line = arguments::parse(&application, std::env::args_os());
    match line {
        Ok(line) => exit_code(execute(application, line)),
        Err(unusable) => unusable.report(),
    }
}

fn exit_code(outcome: Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("error: {error:?}"));
            ExitCode::FAILURE
        }
    }
}

fn execute(application: Application, line: Line) -> Result<()> {
    // These need no configuration, and one of them makes what a configuration lacks.
    match &line.command {
        Command::Routes { filter, format } => {
            return routes::print(&application.routes, filter.as_deref(), *format);
        }
        Command::Secret => return secret::print(),
        _ => {}
    }
    let given = Given {
        environment: line.environment,
        overrides: line.overrides,
        ..Given::by_the_process()
    };
    if let Command::SecurityCheck { format } = line.command {
        return security::run(&application, given, format);
    }
    let mut boot = Boot::new(application, given)?;
    // A server that made an empty database of a mistyped path would hide the mistake.
    boot.creates_database = line.command != Command::Server
        || !boot.environment.is_production()
        || boot.config.database.prepare;
    logging::start(&log_of(&line.command, &boot.config.log))?;
    actix_web::rt::System::new().block_on(async move {
        match line.command {
            Command::Drop => return database::drop_all(&boot).await,
            Command::Load => return database::load(&boot).await,
            Command::Reset => database::drop_all(&boot).await?,
            _ => {}
        }
        let app = App::open(boot).await?;
        let outcome = match line.command {
            Command::Server => serve(&app).await,
            Command::Create => database::create(&app).await,
            Command::Migrate { to: None } => database::migrate(&app).await,
            Command::Migrate { to: Some(to) } => {
                database::migrate_to(&app, &line.database, to).await
            }
            Command::Rollback { steps } => database::rollback(&app, &line.database, steps).await,
            Command::Reset => database::fill(&app).await,
            Command::Status => database::status(&app).await,
            Command::Seed => database::seed(&app).await,
            Command::Routes { .. }
            | Command::Secret
            | Command::SecurityCheck { .. }
            | Command::Drop
            | Command::Load => Ok(()),
        };
        app.close().await;
        outcome
    })
}

/// The console belongs to what a command says. Only a server, which says nothing else, logs to it.
fn log_of(command: &Command, log: &LogConfig) -> LogConfig {
    LogConfig {
        console: log.console && *command == Command::Server,
        ..log.clone()
    }
}

async fn serve(app: &App) -> Result<()> {
    if app.config().database.prepare {
        database::prepare(app).await?;
    }
    server::serve(app.clone()).await
}

/// Writes a line for whoever called the command. A reader that has gone is no failure of the command.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Writes a line about what went wrong.
fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
