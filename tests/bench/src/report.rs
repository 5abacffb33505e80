//! The figures as text: medians of the per-round ratios, CPU time first because it varies least.

use crate::database::Kind;
use crate::rounds::Plan;
use crate::scenario::Scenario;

/// A figure of the program written by hand and the same of the one in Velocious.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair<T> {
    pub(crate) limit: T,
    pub(crate) app: T,
}

/// One scenario on one side in one round.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    /// Server CPU time a request, in microseconds.
    pub(crate) cpu_micros: f64,
    /// CPU time of the database's processes a request, in microseconds.
    pub(crate) database_micros: f64,
    /// Requests a second.
    pub(crate) per_second: f64,
    /// The median time until the answer, in microseconds.
    pub(crate) median_micros: f64,
}

impl Sample {
    fn all_cpu(&self) -> f64 {
        self.cpu_micros + self.database_micros
    }
}

pub(crate) fn opening(plan: &Plan) {
    println!(
        "{:?}; bodies equal; {} rounds of {:?} on {} connections",
        plan.database, plan.rounds, plan.time, plan.connections
    );
    let load = load_average();
    let quiet = load
        .split(' ')
        .next()
        .and_then(|one| one.parse::<f64>().ok())
        .is_some_and(|one| one <= 1.5);
    let advice = if quiet {
        ""
    } else {
        ": the machine is busy, trust the CPU ratios only"
    };
    println!("load average {load}{advice}");
    println!(
        "ratio > 1: Velocious needs less (serves more) than the program written by hand; median (min – max) of the rounds"
    );
}

pub(crate) fn table(database: Kind, scenarios: &[&Scenario], samples: &[Vec<Pair<Sample>>]) {
    println!();
    if database == Kind::Postgres {
        println!("CPU is the server's and PostgreSQL's (server + PostgreSQL, in µs)");
    }
    println!(
        "         | CPU a request, µs               | ratio of CPU         | requests/s          | ratio of requests/s"
    );
    println!(
        "         | by hand        Velocious        |                      | by hand  Velocious  |"
    );
    for (scenario, pairs) in scenarios.iter().zip(samples) {
        let cpu = |side: fn(&Pair<Sample>) -> Sample| {
            let own = median(pairs.iter().map(|pair| side(pair).cpu_micros));
            let other = median(pairs.iter().map(|pair| side(pair).database_micros));
            match database {
                Kind::Sqlite => format!("{own:.1}"),
                Kind::Postgres => format!("{own:.0} + {other:.0}"),
            }
        };
        println!(
            "{:8} | {:14} {:16} | {} | {:7.0}  {:9.0}  | {}",
            scenario.name,
            cpu(|pair| pair.limit),
            cpu(|pair| pair.app),
            spread(
                pairs
                    .iter()
                    .map(|pair| pair.limit.all_cpu() / pair.app.all_cpu())
            ),
            median(pairs.iter().map(|pair| pair.limit.per_second)),
            median(pairs.iter().map(|pair| pair.app.per_second)),
            spread(
                pairs
                    .iter()
                    .map(|pair| pair.app.per_second / pair.limit.per_second)
            ),
        );
    }
    println!();
}

/// What a single client waits.
pub(crate) fn wait(scenario: &str, waits: &[Pair<Sample>]) {
    println!(
        "{scenario}, one connection: median wait {:.0} and {:.0} µs, ratio {}",
        median(waits.iter().map(|pair| pair.limit.median_micros)),
        median(waits.iter().map(|pair| pair.app.median_micros)),
        spread(
            waits
                .iter()
                .map(|pair| pair.limit.median_micros / pair.app.median_micros)
        ),
    );
}

/// `idle` and `highest` are MiB: by hand, Velocious.
pub(crate) fn memory(connections: usize, idle: (f64, f64), highest: (f64, f64)) {
    println!(
        "resident memory, MiB: idle {:.1} and {:.1}, highest under {connections} connections {:.1} and {:.1}",
        idle.0, idle.1, highest.0, highest.1
    );
}

/// Each is seconds of CPU and milliseconds of wall time until the first answer.
pub(crate) fn starts(starts: &[Pair<(f64, f64)>]) {
    // The kernel counts CPU time in hundredths of a second, so one start says little: the mean of all does.
    let mean = |side: fn(&Pair<(f64, f64)>) -> f64| {
        starts.iter().map(side).sum::<f64>() / starts.len() as f64
    };
    println!(
        "start to first answer: CPU {:.4} and {:.4} s (mean), wall {:.0} and {:.0} ms (median)",
        mean(|pair| pair.limit.0),
        mean(|pair| pair.app.0),
        median(starts.iter().map(|pair| pair.limit.1)),
        median(starts.iter().map(|pair| pair.app.1)),
    );
}

pub(crate) fn closing() {
    println!("load average {}", load_average());
}

fn spread(values: impl Iterator<Item = f64>) -> String {
    let sorted = sorted(values);
    let (least, most) = (
        sorted.first().copied().unwrap_or(f64::NAN),
        sorted.last().copied().unwrap_or(f64::NAN),
    );
    format!("{:.2} ({least:.2} – {most:.2})", middle(&sorted))
}

pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    middle(&sorted(values))
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn middle(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => sorted[odd / 2],
        even => f64::midpoint(sorted[even / 2 - 1], sorted[even / 2]),
    }
}

fn load_average() -> String {
    std::fs::read_to_string("/proc/loadavg")
        .unwrap_or_default()
        .split(' ')
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
}
