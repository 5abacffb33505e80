//! The command line.

use crate::Result;
use crate::database::Kind;
use crate::rounds::Plan;
use std::time::Duration;

const USAGE: &str = "usage: velocious-bench [--database sqlite|postgres] [--rounds N] [--secs N] [--connections N] [--only SCENARIO] \
     | velocious-bench compile-cost | velocious-bench model-cost | velocious-bench first-use";

/// What was asked for.
pub(crate) enum Arguments {
    Requests(Plan),
    CompileCost,
    ModelCost,
    FirstUse,
}

impl Arguments {
    pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Arguments> {
        let mut plan = Plan {
            database: Kind::Sqlite,
            rounds: 7,
            time: Duration::from_secs(3),
            connections: 32,
            only: None,
        };
        while let Some(word) = words.next() {
            match word.as_str() {
                "compile-cost" => return Ok(Arguments::CompileCost),
                "model-cost" => return Ok(Arguments::ModelCost),
                "first-use" => return Ok(Arguments::FirstUse),
                _ => {}
            }
            let value = words.next().ok_or(USAGE)?;
            match word.as_str() {
                "--database" if value == "sqlite" => plan.database = Kind::Sqlite,
                "--database" if value == "postgres" => plan.database = Kind::Postgres,
                "--rounds" => plan.rounds = value.parse()?,
                "--secs" => plan.time = Duration::from_secs_f64(value.parse()?),
                "--connections" => plan.connections = value.parse()?,
                "--only" => plan.only = Some(value),
                _ => return Err(format!("unknown argument `{word}`; {USAGE}").into()),
            }
        }
        Ok(Arguments::Requests(plan))
    }
}
