//! The figures as text: medians of the per-round ratios, CPU time first because it varies least.

use crate::rounds::{Plan, Scenario};

/// One scenario on one side in one round.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    /// Server CPU time a request, in microseconds.
    pub(crate) cpu_micros: f64,
    /// Requests a second.
    pub(crate) per_second: f64,
}

pub(crate) fn opening(plan: &Plan) {
    println!(
        "bodies equal; {} rounds of {:?} on {} connections",
        plan.rounds, plan.time, plan.connections
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
}

pub(crate) fn table(scenarios: &[&Scenario], samples: &[Vec<(Sample, Sample)>]) {
    println!();
    println!(
        "ratio > 1: Velocious needs less CPU (serves more requests) than the program written by hand"
    );
    println!(
        "         | CPU a request, µs     | ratio of CPU          | requests/s          | ratio of requests/s"
    );
    println!(
        "         | by hand   Velocious   | median (min – max)    | by hand  Velocious  | median (min – max)"
    );
    for (scenario, pairs) in scenarios.iter().zip(samples) {
        println!(
            "{:8} | {:7.1}   {:9.1}   | {}    | {:7.0}  {:9.0}  | {}",
            scenario.name,
            median(pairs.iter().map(|(limit, _)| limit.cpu_micros)),
            median(pairs.iter().map(|(_, app)| app.cpu_micros)),
            spread(
                pairs
                    .iter()
                    .map(|(limit, app)| limit.cpu_micros / app.cpu_micros)
            ),
            median(pairs.iter().map(|(limit, _)| limit.per_second)),
            median(pairs.iter().map(|(_, app)| app.per_second)),
            spread(
                pairs
                    .iter()
                    .map(|(limit, app)| app.per_second / limit.per_second)
            ),
        );
    }
    println!("load average {}", load_average());
}

/// `idle` and `highest` are MiB: by hand, Velocious.
pub(crate) fn memory(idle: (f64, f64), highest: (f64, f64)) {
    println!(
        "resident memory, MiB: idle {:.1} and {:.1}, highest {:.1} and {:.1}",
        idle.0, idle.1, highest.0, highest.1
    );
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
