//! The data layer beside diesel by hand and SeaORM, on SQLite and PostgreSQL:
//!
//! ```bash
//! eval "$(tests/databases.sh start /tmp/databases)"
//! cargo build --release --manifest-path tests/bench/peer/Cargo.toml --target-dir target
//! cargo run --release -p velocious-bench-data -- --rounds 7
//! ```
//!
//! Every side is a process of its own with a database of its own, made by the same SQL. They do each piece of work in
//! turns; what is printed is the median of the time that one takes, and of its ratio to that of diesel by hand in the
//! same round. Without the second command SeaORM is left out, without a server PostgreSQL.
//!
//! `work` is what is done, `velocious_side` and `by_hand` do it; SeaORM has a package of its own, because it brings
//! another SQLite.

mod by_hand;
mod velocious_side;
mod work;

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};

use velocious::database::{DatabaseOptions, Db, Dialect};
use velocious::value::{Value, ValueKind};

use work::{SCENARIOS, Side};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let done = runtime.map_err(Into::into).and_then(|runtime| {
        runtime.block_on(async {
            match words[..] {
                ["side", name, url] => side(name, url).await,
                ["--rounds", rounds] => play(rounds.parse()?).await,
                [] => play(7).await,
                _ => Err("usage: velocious-bench-data [--rounds N]".into()),
            }
        })
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("velocious-bench-data: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One side: reads `scenario from count` from its input, and writes nanoseconds to its output.
async fn side(name: &str, url: &str) -> Result<()> {
    match name {
        "velocious" => answer(velocious_side::Velocious::open(url).await?).await,
        "diesel" => answer(by_hand::Diesel::open(url)?).await,
        _ => answer(by_hand::DieselAsync::open(url).await?).await,
    }
}

async fn answer(mut side: impl Side) -> Result<()> {
    for line in std::io::stdin().lines() {
        let line = line?;
        let words: Vec<&str> = line.split(' ').collect();
        let [scenario, from, count] = words[..] else {
            return Err(format!("`{line}` is no work").into());
        };
        let time = side.run(scenario, from.parse()?, count.parse()?).await?;
        println!("{}", time.as_nanos());
    }
    Ok(())
}

/// A side as the driver sees it.
struct Running {
    name: String,
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    done: usize,
}

impl Running {
    fn start(name: &str, program: PathBuf, url: &str) -> Result<Self> {
        let mut process = Command::new(program)
            .args(["side", name, url])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        Ok(Running {
            name: name.to_owned(),
            input: input.ok_or("no input")?,
            output: BufReader::new(output.ok_or("no output")?),
            process,
            done: 0,
        })
    }

    /// Microseconds that one piece of a scenario's work has taken.
    fn work(&mut self, scenario: &str, count: usize) -> Result<f64> {
        writeln!(self.input, "{scenario} {} {count}", self.done)?;
        self.done += count;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let nanoseconds: f64 = line
            .trim()
            .parse()
            .map_err(|_| format!("{} has failed at `{scenario}`", self.name))?;
        Ok(nanoseconds / 1_000.0 / count as f64)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn play(rounds: usize) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("velocious_bench_{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = |name: &str| format!("sqlite:{}", folder.join(name).display());
    let outcome = compare("SQLite", "diesel", rounds, file).await;
    std::fs::remove_dir_all(&folder)?;
    outcome?;
    let Ok(server) = std::env::var("VELOCIOUS_TEST_POSTGRES_URL") else {
        println!("PostgreSQL is left out: `VELOCIOUS_TEST_POSTGRES_URL` is not set");
        return Ok(());
    };
    let end = server.rfind('/').unwrap_or(server.len());
    let id = std::process::id();
    let database = |name: &str| format!("{}/bench_{id}_{}", &server[..end], name.replace('-', "_"));
    let outcome = compare("PostgreSQL", "diesel-async", rounds, database).await;
    let administrator = Db::open(DatabaseOptions::from_url(&server)?).await?;
    for name in ["velocious", "diesel_async", "sea_orm"] {
        let sql = format!("DROP DATABASE IF EXISTS bench_{id}_{name} WITH (FORCE)");
        administrator.batch(&sql).await?;
    }
    outcome
}

async fn compare(
    database: &str,
    by_hand: &str,
    rounds: usize,
    url: impl Fn(&str) -> String,
) -> Result<()> {
    let own = std::env::current_exe()?;
    let peer = own.with_file_name("bench-peer");
    let mut sides = Vec::new();
    for name in [by_hand, "velocious", "sea-orm"] {
        let program = match name {
            "sea-orm" if !peer.exists() => {
                println!("SeaORM is left out: there is no `{}`", peer.display());
                continue;
            }
            "sea-orm" => peer.clone(),
            _ => own.clone(),
        };
        fill(&url(name)).await?;
        sides.push(Running::start(name, program, &url(name))?);
    }
    println!("{database}: microseconds each, and the time of {by_hand} divided by it");
    for (scenario, count) in SCENARIOS {
        let mut times: Vec<Vec<f64>> = sides.iter().map(|_| Vec::new()).collect();
        for round in 0..=rounds {
            let mut order: Vec<usize> = (0..sides.len()).collect();
            if round % 2 == 1 {
                order.reverse();
            }
            for at in order {
                let time = sides[at].work(scenario, *count)?;
                // The first round only warms up.
                if round > 0 {
                    times[at].push(time);
                }
            }
        }
        print!("{scenario:8}");
        for (side, own) in sides.iter().zip(&times) {
            let ratios = times[0].iter().zip(own).map(|(hand, own)| hand / own);
            print!(
                "  {} {:.1} ({:.2})",
                side.name,
                median(own.clone()),
                median(ratios.collect())
            );
        }
        println!();
    }
    Ok(())
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

async fn fill(url: &str) -> Result<()> {
    let db = Db::open(DatabaseOptions::from_url(url)?.create(true)).await?;
    let id = match db.dialect() {
        Dialect::Postgres => "id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
        _ => "id INTEGER PRIMARY KEY NOT NULL",
    };
    db.batch(&work::tables(id)).await?;
    let kinds = [ValueKind::BigInt];
    let count = db
        .rows_sql("SELECT count(*) FROM tasks", [], &kinds)
        .await?;
    db.close().await;
    match count == [[Value::BigInt(work::TASKS)]] {
        true => Ok(()),
        false => Err(format!("{url} holds {count:?} tasks").into()),
    }
}
