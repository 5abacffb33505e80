//! Runs a proof: `cargo run -p velocious-proofs -- NAME [--seed N] [--count N] [--on sqlite,postgres,mysql]`.

use std::process::ExitCode;
use std::time::Instant;

use velocious::{Error, Result};
use velocious_proofs::chains;
use velocious_proofs::database::{Server, block_on, on_thread};

const USAGE: &str = "usage: velocious-proofs NAME [--seed N] [--count N] [--on sqlite,postgres,mysql]

NAME is one of
    chains    random chains of the query builder, beside their evaluation in memory (--count of them)";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let arguments = match Arguments::read(&words) {
        Ok(arguments) => arguments,
        Err(fault) => {
            eprintln!("{fault}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
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
            servers: Server::all(),
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
        match self.name.as_str() {
            "chains" => block_on(chains::run(server, seed, count)),
            name => Err(Error::message(format!(
                "there is no proof `{name}`\n\n{USAGE}"
            ))),
        }
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
