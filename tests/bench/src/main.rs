//! The benchmark's driver.
//!
//! `cargo run -p velocious-bench --release -- --rounds 7 --secs 3` builds and starts the hand-written program and the
//! Velocious one, compares what they answer, loads them in turns and prints the ratios; with `--database postgres` on
//! PostgreSQL. With `compile-cost` as its argument it measures what models and actions cost the compiler instead, with
//! `model-cost` what a hundred models do beside two other libraries, with `first-use` what a new application does.
//!
//! What is measured of requests, each on both programs in turns:
//!
//! * CPU time a request: user and system time of the server's process, from `/proc`; on PostgreSQL that of its processes
//!   beside it, those that have ended included. It varies least on a machine that does other things too, so it comes
//!   first. The client's is not in it.
//! * Requests a second on `--connections` connections, each of which waits for its answer before it asks again.
//! * What a single client waits, from the first byte sent to the last one received: the median. Of a write to SQLite, a
//!   part of that is the way to the thread that writes and back, which the program written by hand does without.
//! * Resident memory when idle and at most under 256 connections; CPU and wall time from the start to the first answer.
//!
//! Where the machine is never quiet, instructions tell more than time. `valgrind --tool=callgrind --instr-atstart=no`
//! before either program's command line, and `callgrind_control -i on` and `off` around a number of requests on one
//! connection, count them without the kernel's. On ours a request to `/ping` takes 21,200 of them, by hand 17,600, of which
//! 6,200 on both sides are actix clearing memory for headers.
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
