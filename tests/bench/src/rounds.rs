//! The rounds: both servers on equal data, bodies compared first, every scenario on both sides in each round, the order
//! swapped from round to round.

use crate::Result;
use crate::load::{self, Connection, Request};
use crate::report::{self, Sample};
use crate::server::{self, Server};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const TASKS: u64 = 10_000;
const PAGES: u64 = TASKS / 20;

/// How long and how wide to measure.
pub(crate) struct Plan {
    pub(crate) rounds: usize,
    pub(crate) time: Duration,
    pub(crate) connections: usize,
    pub(crate) only: Option<String>,
}

/// A kind of request; `request` makes one from a random number.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    request: fn(u64) -> Request,
}

const SCENARIOS: [Scenario; 4] = [
    Scenario {
        name: "ping",
        request: |_| Request {
            path: "/ping".into(),
            accept: "*/*",
        },
    },
    Scenario {
        name: "show",
        request: |n| Request {
            path: format!("/tasks/{}", 1 + n % TASKS),
            accept: "application/json",
        },
    },
    Scenario {
        name: "list",
        request: |n| Request {
            path: format!("/tasks?page={}", 1 + n % PAGES),
            accept: "application/json",
        },
    },
    Scenario {
        name: "html",
        request: |n| Request {
            path: format!("/tasks?page={}", 1 + n % PAGES),
            accept: "text/html",
        },
    },
];

/// Measures as `plan` says and prints the ratios.
pub(crate) fn play(plan: &Plan) -> Result<()> {
    let scenarios: Vec<&Scenario> = SCENARIOS
        .iter()
        .filter(|one| plan.only.as_deref().is_none_or(|only| only == one.name))
        .collect();
    let programs = server::build(&["bench-limit", "bench-app"])?;
    let data = server::target().join("bench-data");
    let (limit, app) = start(&programs, &data)?;
    compare(&scenarios, &limit, &app)?;
    report::opening(plan);
    let idle = (limit.resident_mib("VmRSS")?, app.resident_mib("VmRSS")?);
    let mut samples: Vec<Vec<(Sample, Sample)>> = scenarios.iter().map(|_| Vec::new()).collect();
    // Round 0 warms caches and branch predictors and is thrown away.
    for round in 0..=plan.rounds {
        for (scenario, samples) in scenarios.iter().zip(&mut samples) {
            let pair = if round % 2 == 0 {
                let of_limit = measure(plan, scenario, &limit)?;
                (of_limit, measure(plan, scenario, &app)?)
            } else {
                let of_app = measure(plan, scenario, &app)?;
                (measure(plan, scenario, &limit)?, of_app)
            };
            if round > 0 {
                samples.push(pair);
            }
        }
    }
    report::table(&scenarios, &samples);
    report::memory(
        idle,
        (limit.resident_mib("VmHWM")?, app.resident_mib("VmHWM")?),
    );
    Ok(())
}

fn start(programs: &Path, data: &Path) -> Result<(Server, Server)> {
    if data.exists() {
        std::fs::remove_dir_all(data)?;
    }
    std::fs::create_dir_all(data)?;
    let (of_limit, of_app) = (data.join("limit.sqlite3"), data.join("app.sqlite3"));
    if !Command::new(programs.join("bench-limit"))
        .arg("seed")
        .arg(&of_limit)
        .status()?
        .success()
    {
        return Err("cannot seed the database".into());
    }
    std::fs::copy(&of_limit, &of_app)?;
    let limit = Server::start(
        Command::new(programs.join("bench-limit")),
        |command, port| {
            command.arg("server").arg(of_limit).arg(port.to_string());
        },
    )?;
    let app = Server::start(Command::new(programs.join("bench-app")), |command, port| {
        command
            .args(["server", "--host", "127.0.0.1", "--port", &port.to_string()])
            .current_dir(server::workspace().join("tests/bench/app"))
            .env("VELOCIOUS_ENV", "production")
            .env("DATABASE_URL", format!("sqlite:{}", of_app.display()))
            .env("VELOCIOUS_HOSTS", "127.0.0.1")
            .env(
                "VELOCIOUS_COOKIE_SECRET",
                "b7c1f0a94d2e8563ae0d97f42b6c1853e94a70d8fb36c25107de8a94c3f6b21d",
            );
    })?;
    Ok((limit, app))
}

/// A figure about two programs means something only if they do the same work.
fn compare(scenarios: &[&Scenario], limit: &Server, app: &Server) -> Result<()> {
    let (mut limit, mut app) = (Connection::open(limit.port)?, Connection::open(app.port)?);
    for scenario in scenarios {
        for number in [0, 1, 2, 3, 19, 99, 499, 9_999] {
            let Request { path, accept } = (scenario.request)(number);
            let (one, other) = (limit.get(&path, accept)?, app.get(&path, accept)?);
            if one != other {
                let (one, other) = (String::from_utf8_lossy(one), String::from_utf8_lossy(other));
                return Err(
                    format!("GET {path} ({accept}) differs\nlimit: {one}\n  app: {other}").into(),
                );
            }
        }
    }
    Ok(())
}

fn measure(plan: &Plan, scenario: &Scenario, server: &Server) -> Result<Sample> {
    let before = server.cpu_seconds()?;
    let (requests, seconds) =
        load::run(server.port, plan.connections, plan.time, &scenario.request)?;
    let cpu = server.cpu_seconds()? - before;
    Ok(Sample {
        cpu_micros: cpu * 1e6 / requests as f64,
        per_second: requests as f64 / seconds,
    })
}
