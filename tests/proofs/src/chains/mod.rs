//! Random chains of the query builder, on a database and in memory.
//!
//! * `schema`, `world`: what the models mean and which rows there are; `models`: the same for the library.
//! * `chain`: a chain as data; `generate` makes one, `shrink` makes one smaller.
//! * `meaning`, `pattern`: what a chain must come to; `typed`, `run`: what the library makes of it.

mod cell;
mod chain;
mod generate;
mod meaning;
mod models;
mod pattern;
mod run;
mod schema;
mod shrink;
mod typed;
mod world;

use std::collections::HashMap;

use velocious::database::Db;
use velocious::{Error, Result};

use self::chain::{Answer, Chain, Ending};
use self::world::World;
use crate::database::Server;
use crate::log::Statements;
use crate::random::Random;

/// Whether a text matches a pattern of LIKE.
pub fn like(text: &str, pattern: &str) -> bool {
    pattern::matches(text, pattern)
}

/// So many chains are asked about the rows of one world.
const CHAINS_OF_A_WORLD: u64 = 200;

/// After so many differences the rest would be more of the same.
const MOST_FAILURES: usize = 8;

/// Runs chains on a database of their own and compares every answer with what it must be.
///
/// # Errors
/// The chains of which the answers differ, as text with their SQL.
pub async fn run(server: &Server, seed: u64, chains: u64) -> Result<String> {
    let mut failures = Vec::new();
    let mut counted: HashMap<&'static str, u64> = HashMap::new();
    server
        .with_database(async |db| {
            crate::database::create(&db, schema::TABLES).await?;
            for part in 0..chains.div_ceil(CHAINS_OF_A_WORLD) {
                let mut random = Random::part(seed, part);
                let world = World::new(&mut random);
                world.write(&db).await?;
                let left = chains - part * CHAINS_OF_A_WORLD;
                for number in 0..CHAINS_OF_A_WORLD.min(left) {
                    let chain = generate::chain(&mut random, &world);
                    let Some(expected) = meaning::answer(&world, &chain) else {
                        *counted.entry("left out").or_default() += 1;
                        continue;
                    };
                    *counted.entry(name(&chain)).or_default() += 1;
                    if difference(&db, &chain, &expected).await.is_some() {
                        let place = part * CHAINS_OF_A_WORLD + number;
                        failures.push(described(&db, &world, chain, place).await);
                    }
                    if failures.len() >= MOST_FAILURES {
                        return Ok(());
                    }
                }
            }
            Ok(())
        })
        .await?;
    match failures.is_empty() {
        true => Ok(summary(chains, counted)),
        false => Err(Error::message(format!(
            "{} chains of seed {seed} on {:?} mean something else than they should:\n\n{}",
            failures.len(),
            server.dialect(),
            failures.join("\n\n")
        ))),
    }
}

fn summary(chains: u64, counted: HashMap<&'static str, u64>) -> String {
    let mut counted: Vec<_> = counted.into_iter().collect();
    counted.sort();
    let counted: Vec<_> = counted
        .into_iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    format!("{chains} chains, no difference ({})", counted.join(", "))
}

/// What is wrong with a chain's answer, if anything is.
async fn difference(db: &Db, chain: &Chain, expected: &Answer) -> Option<String> {
    let (one, two) = (run::sql(chain, db.dialect()), run::sql(chain, db.dialect()));
    if one != two {
        return Some(format!("its SQL is once `{one}` and once `{two}`"));
    }
    let statements = Statements::default();
    let found = statements.during(run::answer(db, chain)).await;
    let found = match found {
        Ok(found) => found,
        Err(error) => return Some(format!("it failed: {error}")),
    };
    if let Ending::Load(paths) = &chain.ending {
        // One for the records, and one for each relationship of each level.
        let mut levels: Vec<_> = Vec::new();
        for path in paths {
            for length in 1..=path.len() {
                if !levels.contains(&&path[..length]) {
                    levels.push(&path[..length]);
                }
            }
        }
        let asked = statements.count();
        if asked > levels.len() + 1 {
            let levels = levels.len();
            return Some(format!("it took {asked} queries for {levels} preloads"));
        }
    }
    match found.says_the_same_as(expected) {
        true => None,
        false => Some(format!("found {found}\n    wanted {expected}")),
    }
}

/// The smallest chain that fails like this one, as text.
async fn described(db: &Db, world: &World, mut chain: Chain, place: u64) -> String {
    let whole = chain.clone();
    'smaller: loop {
        for smaller in shrink::smaller(&chain) {
            let Some(expected) = meaning::answer(world, &smaller) else {
                continue;
            };
            if difference(db, &smaller, &expected).await.is_some() {
                chain = smaller;
                continue 'smaller;
            }
        }
        break;
    }
    let expected = meaning::answer(world, &chain);
    let difference = match &expected {
        Some(expected) => difference(db, &chain, expected).await.unwrap_or_default(),
        None => String::new(),
    };
    let sql = run::sql(&chain, db.dialect());
    format!("chain {place}:\n    {chain}\n    {sql}\n    {difference}\n    as it was made: {whole}")
}

fn name(chain: &Chain) -> &'static str {
    match chain.ending {
        Ending::Load(ref paths) if paths.is_empty() => "load",
        Ending::Load(_) => "preload",
        Ending::Stream | Ending::Each(_) => "stream",
        Ending::First | Ending::Last | Ending::Find(_) => "first",
        Ending::Ids | Ending::Pluck(_) | Ending::PluckPair(_) | Ending::PluckFirst(_) => "pluck",
        Ending::Count | Ending::Exists => "count",
        Ending::Paginate(_) => "paginate",
        Ending::Fold(..) => "aggregate",
        Ending::Group(_) | Ending::GroupCount(_) => "group",
        Ending::UpdateAll(..) | Ending::DeleteAll => "write",
    }
}
