//! Runs a proof: `cargo run -p velocious-proofs -- NAME [--seed N] [--count N] [--on sqlite,postgres,mysql]`.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use velocious::{Error, Result};
use velocious_proofs::claim::hold_to_times;
use velocious_proofs::database::{Server, block_on, on_thread};
use velocious_proofs::web::application::application;
use velocious_proofs::web::slow::{self, Patience};
use velocious_proofs::web::{framing, noise, panics, restart, sizes, uploads};
use velocious_proofs::{
    chains, deadlocks, heal, injection, migrations, pool, processes, uniqueness,
};

const USAGE: &str = "usage: velocious-proofs NAME [--seed N] [--count N] [--on sqlite,postgres,mysql]

NAME is one of
    chains      random chains of the query builder beside their evaluation in memory (--count of them)
    injection   every text that could become SQL (and --count that are made of such)
    pool        connections run out (--count rounds)
    heal        connections are cut and fall silent (--count rounds)
    restarts    servers of its own are killed and started again (--count times each); from the repository's folder
    deadlocks   transactions in opposite lock orders (--count of them)
    processes   four processes write to one SQLite file (--count rows each)
    migrators   six programs migrate at once (--count times)
    killed      migrators are killed at a random moment (--count of them)
    uniqueness  32 create the same row at once (--count times)
    slow        clients that take their time (--count of each kind)
    sizes       requests beyond every limit (--count times each)
    framing     requests hidden in others (and --count in one go)
    panics      actions that panic (--count of them)
    noise       bytes that mean nothing, or nearly something (--count connections)
    stops       servers that are stopped under load (--count of them)
    uploads     forms with files that end in every way (--count times)";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    // As any application's program does.
    if words.first().is_some_and(|word| word == "server") {
        return velocious::run(application());
    }
    if let Some(outcome) = as_a_child(&words) {
        return match outcome {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        };
    }
    let arguments = match Arguments::read(&words) {
        Ok(arguments) => arguments,
        Err(fault) => {
            eprintln!("{fault}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    hold_to_times();
    let mut code = ExitCode::SUCCESS;
    for server in &arguments.servers {
        let start = Instant::now();
        let outcome = on_thread(|| arguments.run(server));
        let seconds = start.elapsed().as_secs_f64();
        let (name, seed) = (server.name(), arguments.seed);
        match outcome {
            Ok(summary) => println!("{name}, seed {seed}: {summary} in {seconds:.1} s"),
            Err(error) => {
                println!("{name}, seed {seed}: FAILED after {seconds:.1} s: {error}");
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

/// What was asked for.
struct Arguments {
    name: String,
    seed: u64,
    count: u64,
    servers: Vec<Server>,
}

impl Arguments {
    fn read(words: &[String]) -> Result<Self, String> {
        let Some((name, rest)) = words.split_first() else {
            return Err("name a proof".into());
        };
        let mut arguments = Arguments {
            name: name.clone(),
            seed: 1,
            count: 2_000,
            servers: match name.as_str() {
                // These have servers of their own.
                "restarts" | "processes" | "slow" | "sizes" | "framing" | "noise" | "stops"
                | "uploads" => vec![Server::sqlite()],
                _ => Server::all(),
            },
        };
        for pair in rest.chunks(2) {
            let [key, value] = pair else {
                return Err(format!("`{}` needs a value", pair[0]));
            };
            let number = || {
                value
                    .parse()
                    .map_err(|_| format!("`{value}` is no number for `{key}`"))
            };
            match key.as_str() {
                "--seed" => arguments.seed = number()?,
                "--count" => arguments.count = number()?,
                "--on" => arguments.servers = servers(value)?,
                _ => return Err(format!("`{key}` is no option")),
            }
        }
        Ok(arguments)
    }

    fn run(&self, server: &Server) -> Result<String> {
        let (seed, count) = (self.seed, self.count);
        let program = std::env::current_exe()?;
        match self.name.as_str() {
            "chains" => block_on(chains::run(server, seed, count)),
            "injection" => block_on(injection::run(server, seed, count)),
            "pool" => block_on(pool::run(server, seed, count)),
            "heal" => block_on(heal::run(server, seed, count)),
            "restarts" => block_on(heal::restarts(Path::new("tests/databases.sh"), count)),
            "deadlocks" => block_on(deadlocks::run(server, seed, count)),
            "processes" => block_on(processes::run(&program, seed, count)),
            "migrators" => block_on(migrations::together(&program, server, count)),
            "killed" => block_on(migrations::killed(&program, server, seed, count)),
            "uniqueness" => block_on(uniqueness::run(server, seed, count)),
            "slow" => block_on(slow::run(&program, Patience::Usual, count)),
            "sizes" => block_on(sizes::run(&program, count)),
            "framing" => block_on(framing::run(&program, seed, count)),
            "panics" => block_on(panics::run(&program, server, count)),
            "noise" => block_on(noise::run(&program, seed, count)),
            "stops" => block_on(restart::run(&program, seed, count)),
            "uploads" => block_on(uploads::run(&program, count)),
            name => Err(Error::message(format!(
                "there is no proof `{name}`\n\n{USAGE}"
            ))),
        }
    }
}

/// The part of a proof that is a process of its own.
fn as_a_child(words: &[String]) -> Option<Result<()>> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["write-as-a-process", url, process, seed, rows, patience] => {
            let number = |word: &str| word.parse().unwrap_or(0);
            let (process, seed, rows) = (number(process), number(seed), number(rows));
            let written = processes::child(url, process, seed, rows, number(patience));
            Some(block_on(written))
        }
        ["migrate-as-a-process", url] => Some(block_on(migrations::child(url))),
        _ => None,
    }
}

fn servers(names: &str) -> Result<Vec<Server>, String> {
    let missing = |variable| format!("`{variable}` is not set: start tests/databases.sh");
    let server = |name| match name {
        "sqlite" => Ok(Server::sqlite()),
        "postgres" => Server::postgres().ok_or_else(|| missing("VELOCIOUS_TEST_POSTGRES_URL")),
        "mysql" => Server::mysql().ok_or_else(|| missing("VELOCIOUS_TEST_MYSQL_URL")),
        other => Err(format!("`{other}` is none of sqlite, postgres, mysql")),
    };
    names.split(',').map(server).collect()
}
