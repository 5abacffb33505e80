//! Every proof, for a few seconds; see `velocious_proofs` for how to run them for longer.
//!
//! `VELOCIOUS_PROOF_SEED` and `VELOCIOUS_PROOF_COUNT` set the seed and the size.

use velocious_proofs::chains;
use velocious_proofs::database::{Server, block_on, on_thread};

fn seed() -> u64 {
    number("VELOCIOUS_PROOF_SEED").unwrap_or(1)
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn chains_mean_what_they_say() {
    let count = number("VELOCIOUS_PROOF_COUNT").unwrap_or(2_000);
    for server in Server::all() {
        // A server is asked over a socket, which takes longer.
        let count = match server.dialect() {
            velocious::database::Dialect::Sqlite => count,
            _ => count / 4,
        };
        match on_thread(|| block_on(chains::run(&server, seed(), count))) {
            Ok(summary) => eprintln!("{}: {summary}", server.name()),
            Err(error) => panic!("{}: {error}", server.name()),
        }
    }
}
