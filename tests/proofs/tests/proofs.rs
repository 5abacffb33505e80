//! Every proof, for a few seconds; see `velocious_proofs` for how to run them for longer.
//!
//! `VELOCIOUS_PROOF_SEED` sets the seed, `VELOCIOUS_PROOF_COUNT` how many chains there are.

use std::path::Path;

use velocious::Result;
use velocious::database::Dialect;
use velocious_proofs::database::{Server, block_on, on_thread};
use velocious_proofs::web::slow::{self, Patience};
use velocious_proofs::web::{framing, noise, panics, restart, sizes, uploads};
use velocious_proofs::{
    chains, deadlocks, heal, injection, migrations, pool, processes, uniqueness,
};

/// What plays the other processes.
const PROGRAM: &str = env!("CARGO_BIN_EXE_velocious-proofs");

fn seed() -> u64 {
    number("VELOCIOUS_PROOF_SEED").unwrap_or(1)
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Runs a proof on every database that there is.
fn on_each(proof: impl AsyncFn(&Server) -> Result<String> + Sync) {
    for server in Server::all() {
        match on_thread(|| block_on(proof(&server))) {
            Ok(summary) => eprintln!("{}: {summary}", server.name()),
            Err(error) => panic!("{}: {error}", server.name()),
        }
    }
}

#[test]
fn chains_mean_what_they_say() {
    let count = number("VELOCIOUS_PROOF_COUNT").unwrap_or(2_000);
    on_each(async |server| {
        // A server is asked over a socket, which takes longer.
        let count = match server.dialect() {
            Dialect::Sqlite => count,
            _ => count / 4,
        };
        chains::run(server, seed(), count).await
    });
}

#[test]
fn no_text_becomes_sql() {
    on_each(async |server| injection::run(server, seed(), 0).await);
}

#[test]
fn whoever_gets_no_connection_is_told_in_time() {
    on_each(async |server| pool::run(server, seed(), 1).await);
}

#[test]
fn lost_connections_are_replaced() {
    on_each(async |server| heal::run(server, seed(), 2).await);
}

#[test]
fn a_server_that_is_killed_and_started_again_is_found() {
    if Server::postgres().is_none() && Server::mysql().is_none() {
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../databases.sh");
    let summary = on_thread(|| block_on(heal::restarts(&script, 1))).expect("they are found");
    eprintln!("{summary}");
}

#[test]
fn deadlocks_are_tried_again() {
    on_each(async |server| deadlocks::run(server, seed(), 160).await);
}

#[test]
fn several_processes_write_to_one_file() {
    let proof = processes::run(Path::new(PROGRAM), seed(), 250);
    eprintln!("{}", block_on(proof).expect("nobody is locked out"));
}

#[test]
fn several_programs_migrate_at_once() {
    on_each(async |server| migrations::together(Path::new(PROGRAM), server, 1).await);
}

#[test]
fn a_migration_that_was_killed_is_continued_or_named() {
    on_each(async |server| migrations::killed(Path::new(PROGRAM), server, seed(), 4).await);
}

#[test]
fn one_of_many_gets_a_unique_row() {
    on_each(async |server| uniqueness::run(server, seed(), 2).await);
}

#[test]
fn slow_clients_are_closed_and_others_do_not_notice() {
    let proof = slow::run(Path::new(PROGRAM), Patience::Short, 20);
    eprintln!("{}", block_on(proof).expect("the server waits for nobody"));
}

#[test]
fn every_size_has_a_limit_and_an_answer() {
    let proof = sizes::run(Path::new(PROGRAM), 3);
    eprintln!("{}", block_on(proof).expect("every limit has its answer"));
}

#[test]
fn nothing_in_a_body_is_taken_for_a_request() {
    let proof = framing::run(Path::new(PROGRAM), seed(), 200);
    eprintln!(
        "{}",
        block_on(proof).expect("every request ends where it should")
    );
}

#[test]
fn a_panic_is_one_answer_and_one_event() {
    on_each(async |server| panics::run(Path::new(PROGRAM), server, 100).await);
}

#[test]
fn noise_is_forgotten() {
    let proof = noise::run(Path::new(PROGRAM), seed(), 500);
    eprintln!("{}", block_on(proof).expect("the server stays"));
}

#[test]
fn a_server_that_is_stopped_answers_what_it_has_accepted() {
    let proof = restart::run(Path::new(PROGRAM), seed(), 2);
    eprintln!("{}", block_on(proof).expect("nothing is lost"));
}

#[test]
fn nothing_of_a_file_stays() {
    let proof = uploads::run(Path::new(PROGRAM), 2);
    eprintln!("{}", block_on(proof).expect("every file is removed"));
}
