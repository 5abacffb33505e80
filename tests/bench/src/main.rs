//! The benchmark's driver.
//!
//! `cargo run -p velocious-bench --release -- --rounds 7 --secs 3` builds and starts the hand-written program and the
//! Velocious one, compares what they answer, loads them in turns and prints the ratios; with `--database postgres` on
//! PostgreSQL. With `compile-cost` as its argument it measures what models and actions cost the compiler instead, with
//! `model-cost` what a hundred models do beside two other libraries, with `first-use` what a new application does.
//!
//! `arguments` reads the command line, `database` fills the databases, `programs` starts the two programs, each a
//! `server` whose figures come from `/proc`, `scenario` says what is asked, `load` is the client, `rounds` plays the
//! rounds, `report` prints the medians. `compile_cost`, `model_cost` and `first_use` time the compiler, with `cpu` as
//! their clock.

mod arguments;
mod compile_cost;
mod cpu;
mod database;
mod first_use;
mod load;
mod model_cost;
mod programs;
mod report;
mod rounds;
mod scenario;
mod server;

use arguments::Arguments;
use std::process::ExitCode;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let done = Arguments::parse(std::env::args().skip(1)).and_then(|arguments| match arguments {
        Arguments::Requests(plan) => rounds::play(&plan),
        Arguments::CompileCost => compile_cost::measure(),
        Arguments::ModelCost => model_cost::measure(),
        Arguments::FirstUse => first_use::measure(),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("velocious-bench: {error}");
            ExitCode::FAILURE
        }
    }
}
