//! The rounds: both servers on equal data, bodies compared first, every scenario on both sides in each round, the order
//! swapped from round to round. After them the time of a single request, memory under many connections, and starts.

use crate::Result;
use crate::database::{Databases, Kind};
use crate::load::{self, Connection};
use crate::programs::Programs;
use crate::report::{self, Pair, Sample};
use crate::scenario::{SCENARIOS, Scenario};
use crate::server::Server;
use std::time::{Duration, Instant};

/// How many connections the figures of memory are taken under.
const CROWD: usize = 256;
/// How many times each program is started.
const STARTS: usize = 15;

/// How long and how wide to measure.
pub(crate) struct Plan {
    pub(crate) database: Kind,
    pub(crate) rounds: usize,
    pub(crate) time: Duration,
    pub(crate) connections: usize,
    pub(crate) only: Option<String>,
}

/// Measures as `plan` says and prints the ratios.
pub(crate) fn play(plan: &Plan) -> Result<()> {
    let scenarios: Vec<&Scenario> = SCENARIOS
        .iter()
        .filter(|one| plan.only.as_deref().is_none_or(|only| only == one.name))
        .filter(|one| plan.database == Kind::Sqlite || one.asks_database)
        .collect();
    let programs = Programs::build(plan.database)?;
    let (limit, app) = (programs.start_limit()?, programs.start_app()?);
    compare(&scenarios, &limit, &app)?;
    report::opening(plan);
    let idle = (limit.resident_mib("VmRSS")?, app.resident_mib("VmRSS")?);
    let mut samples: Vec<Vec<Pair<Sample>>> = scenarios.iter().map(|_| Vec::new()).collect();
    // Round 0 warms caches and branch predictors and is thrown away.
    for round in 0..=plan.rounds {
        for (scenario, samples) in scenarios.iter().zip(&mut samples) {
            let measure = |server: &Server| {
                let (connections, time) = (plan.connections, plan.time);
                measure(server, &programs.databases, scenario, connections, time)
            };
            let pair = in_turns(round, || measure(&limit), || measure(&app))?;
            if round > 0 {
                samples.push(pair);
            }
        }
    }
    report::table(plan.database, &scenarios, &samples);
    if plan.only.is_none() {
        alone(plan, &scenarios, &programs, &limit, &app)?;
        crowded(&programs, &limit, &app, idle)?;
        starts(&programs)?;
    }
    report::closing();
    Ok(())
}

/// The first, then the second, or the other way round: what comes later must not always be the same side.
fn in_turns<T>(
    round: usize,
    limit: impl FnOnce() -> Result<T>,
    app: impl FnOnce() -> Result<T>,
) -> Result<Pair<T>> {
    if round.is_multiple_of(2) {
        let limit = limit()?;
        return Ok(Pair { limit, app: app()? });
    }
    let app = app()?;
    Ok(Pair {
        limit: limit()?,
        app,
    })
}

/// A figure about two programs means something only if they do the same work.
fn compare(scenarios: &[&Scenario], limit: &Server, app: &Server) -> Result<()> {
    let (mut limit, mut app) = (Connection::open(limit.port)?, Connection::open(app.port)?);
    for scenario in scenarios {
        for number in [0, 1, 2, 3, 19, 99, 499, 9_999] {
            let request = (scenario.request)(number);
            let (one, other) = (limit.ask(&request)?, app.ask(&request)?);
            let (one, other) = (
                String::from_utf8_lossy(one).into_owned(),
                String::from_utf8_lossy(other).into_owned(),
            );
            // Records made at different times differ in nothing but these.
            let compared = |body: &str| match request.body {
                Some(_) => body
                    .split("\"created_at\"")
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                None => body.to_owned(),
            };
            if compared(&one) != compared(&other) {
                let (path, accept) = (&request.path, request.accept);
                return Err(
                    format!("{path} ({accept}) differs\nlimit: {one}\n  app: {other}").into(),
                );
            }
        }
    }
    Ok(())
}

fn measure(
    server: &Server,
    databases: &Databases,
    scenario: &Scenario,
    connections: usize,
    time: Duration,
) -> Result<Sample> {
    let (before, in_database) = (server.cpu_seconds()?, databases.cpu_seconds()?);
    let served = load::run(server.port, connections, time, &scenario.request)?;
    let micros = |seconds: f64| seconds * 1e6 / served.requests as f64;
    Ok(Sample {
        cpu_micros: micros(server.cpu_seconds()? - before),
        database_micros: micros(databases.cpu_seconds()? - in_database),
        per_second: served.requests as f64 / served.seconds,
        median_micros: served.median_micros,
    })
}

/// One connection: how long a client waits for an answer.
fn alone(
    plan: &Plan,
    scenarios: &[&Scenario],
    programs: &Programs,
    limit: &Server,
    app: &Server,
) -> Result<()> {
    for scenario in scenarios {
        let mut waits = Vec::new();
        for round in 0..plan.rounds.min(5) {
            let measure = |server: &Server| {
                let time = Duration::from_secs(1);
                measure(server, &programs.databases, scenario, 1, time)
            };
            waits.push(in_turns(round, || measure(limit), || measure(app))?);
        }
        report::wait(scenario.name, &waits);
    }
    Ok(())
}

/// Many connections: how much memory each side takes at most.
fn crowded(programs: &Programs, limit: &Server, app: &Server, idle: (f64, f64)) -> Result<()> {
    let list = &SCENARIOS[3];
    let time = Duration::from_secs(3);
    for server in [limit, app] {
        measure(server, &programs.databases, list, CROWD, time)?;
    }
    let highest = (limit.resident_mib("VmHWM")?, app.resident_mib("VmHWM")?);
    report::memory(CROWD, idle, highest);
    Ok(())
}

/// From starting a program to its first answer, the database looked at.
fn starts(programs: &Programs) -> Result<()> {
    let mut starts = Vec::new();
    for round in 0..STARTS {
        starts.push(in_turns(
            round,
            || start(|| programs.start_limit()),
            || start(|| programs.start_app()),
        )?);
    }
    report::starts(&starts);
    Ok(())
}

/// Seconds of CPU and milliseconds of wall time.
fn start(start: impl FnOnce() -> Result<Server>) -> Result<(f64, f64)> {
    let begin = Instant::now();
    let server = start()?;
    let millis = begin.elapsed().as_secs_f64() * 1e3;
    Ok((server.cpu_seconds()?, millis))
}
