//! The command line of an application's own binary.
//!
//! * [`run`]: what `main` calls.

use std::process::ExitCode;

use clap::{Arg, Command, value_parser};

use crate::application::server;
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
                .arg(Arg::new("host").long("host").default_value("127.0.0.1"))
                .arg(
                    Arg::new("port")
                        .long("port")
                        .short('p')
                        .default_value("3006")
                        .value_parser(value_parser!(u16)),
                ),
        )
        .get_matches();
    let Some(("server", matches)) = matches.subcommand() else {
        return Ok(());
    };
    let host = matches
        .get_one::<String>("host")
        .cloned()
        .unwrap_or_default();
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    actix_web::rt::System::new().block_on(async move {
        let app = App::boot(application).await?;
        server::serve(app, &host, port).await
    })
}
