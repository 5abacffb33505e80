//! The command line of an application's own binary.
//!
//! * [`run`]: what `main` calls.

use std::process::ExitCode;

use clap::{Arg, Command};

use crate::application::{Boot, Given, server};
use crate::{App, Application, Result};

/// Runs the command that the process was started with.
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     velocious::run(velocious::application!())
/// }
/// ```
pub fn run(application: Application) -> ExitCode {
    match execute(application) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:?}");
            ExitCode::FAILURE
        }
    }
}

fn execute(application: Application) -> Result<()> {
    let matches = Command::new(application.name)
        .version(application.version)
        .subcommand_required(true)
        .subcommand(
            Command::new("server")
                .about("Serve the application")
                .arg(Arg::new("host").long("host").value_name("ADDRESS"))
                .arg(
                    Arg::new("port")
                        .long("port")
                        .short('p')
                        .value_name("NUMBER"),
                ),
        )
        .get_matches();
    let Some(("server", matches)) = matches.subcommand() else {
        return Ok(());
    };
    let overrides = [
        ("server.host", "host", "--host"),
        ("server.port", "port", "--port"),
    ]
    .into_iter()
    .filter_map(|(key, id, argument)| {
        let value = matches.get_one::<String>(id)?;
        Some((key, argument, value.clone()))
    })
    .collect();
    let given = Given {
        overrides,
        ..Given::by_the_process()
    };
    let boot = Boot::new(application, given)?;
    actix_web::rt::System::new().block_on(async move {
        let app = App::open(boot).await?;
        server::serve(app).await
    })
}
