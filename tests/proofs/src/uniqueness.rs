//! Of many who create the same row at once, one does, and the others are told in words that a form can show.

use std::pin::Pin;

use velocious::database::{DatabaseError, DatabaseErrorKind, DatabaseOptions, Db};
use velocious::prelude::*;

use crate::claim::{claim, limit};
use crate::database::{Server, create};
use crate::tasks::all;

/// How many race for one row.
const RACERS: usize = 32;

/// Has a name that nobody else has.
#[derive(Debug, Clone, PartialEq, Model)]
struct Player {
    pub id: i64,
    #[validate(presence, uniqueness)]
    pub name: String,
    pub team_id: Option<i64>,
    pub record: RecordState,
}

const TABLES: &str = "
    CREATE TABLE teams ({id});
    CREATE TABLE players (
        {id}, name VARCHAR(100) NOT NULL UNIQUE, team_id BIGINT, FOREIGN KEY (team_id) REFERENCES teams (id)
    );
    CREATE TABLE moves ({id}, racer BIGINT NOT NULL);
";

type Racer<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Runs so many races of each kind.
///
/// # Errors
/// What was not as promised.
pub async fn run(server: &Server, _seed: u64, races: u64) -> Result<String> {
    let few = |options: DatabaseOptions| {
        options
            .max_connections(12)
            .checkout_timeout(limit(DatabaseOptions::CHECKOUT_TIMEOUT))
            .busy_timeout(limit(DatabaseOptions::BUSY_TIMEOUT))
    };
    server
        .with_options(few, async |db| {
            create(&db, TABLES).await?;
            for race in 0..races {
                alone(&db, &format!("alone {race}")).await?;
                in_transactions(&db, &format!("within {race}")).await?;
                found_or_created(&db, &format!("found {race}"), false).await?;
                found_or_created(&db, &format!("found within {race}"), true).await?;
            }
            refers_to_nothing(&db).await?;
            Ok(format!(
                "{races} races of each kind, {RACERS} racers each: one row, {} refusals, one key",
                RACERS - 1
            ))
        })
        .await
}

fn player(name: &str) -> Player {
    Player {
        name: name.to_owned(),
        ..Player::new()
    }
}

/// One wins, the others are told which field is wrong.
fn one_won(name: &str, outcomes: &[Result<()>]) -> Result<()> {
    let mut won = 0;
    for outcome in outcomes {
        match outcome {
            Ok(()) => won += 1,
            Err(error) => {
                let told = error
                    .validation_errors()
                    .map(|errors| errors.full_messages());
                let wanted = Some(vec!["Name has already been taken".to_owned()]);
                claim(told == wanted && error.status() == 422, || {
                    format!("a loser of `{name}` was told {error:?}")
                })?;
            }
        }
    }
    claim(won == 1, || format!("{won} have won `{name}`"))
}

async fn rows(db: &Db, name: &str) -> Result<()> {
    let rows = Player::filter(|p| p.name().eq(name)).count(db).await?;
    claim(rows == 1, || format!("there are {rows} rows of `{name}`"))
}

async fn alone(db: &Db, name: &str) -> Result<()> {
    let racers = (0..RACERS)
        .map(|_| -> Racer<'_, Result<()>> { Box::pin(async move { player(name).save(db).await }) });
    one_won(name, &all(racers).await)?;
    rows(db, name).await
}

/// Each in a transaction of its own, which goes on after the loss and commits.
async fn in_transactions(db: &Db, name: &str) -> Result<()> {
    db.execute_sql("DELETE FROM moves", []).await?;
    let racers = (0..RACERS).map(|racer| -> Racer<'_, Result<Result<()>>> {
        Box::pin(async move {
            db.transaction(async |tx| {
                let saved = player(name).save(&tx).await;
                let racer = velocious::value::Value::BigInt(i64::try_from(racer)?);
                tx.execute_sql("INSERT INTO moves (racer) VALUES (?)", [racer])
                    .await?;
                Ok(saved)
            })
            .await
        })
    });
    let mut outcomes = Vec::new();
    for outcome in all(racers).await {
        outcomes.push(outcome?);
    }
    one_won(name, &outcomes)?;
    let kinds = [velocious::value::ValueKind::BigInt];
    let moves = db
        .rows_sql("SELECT count(*) FROM moves", [], &kinds)
        .await?;
    let wanted = velocious::value::Value::BigInt(i64::try_from(RACERS)?);
    claim(moves == [[wanted]], || {
        format!("after the loss, {moves:?} of {RACERS} transactions went on")
    })?;
    rows(db, name).await
}

/// All are given the same record.
async fn found_or_created(db: &Db, name: &str, within: bool) -> Result<()> {
    let racers = (0..RACERS).map(|_| -> Racer<'_, Result<i64>> {
        Box::pin(async move {
            let changes = || PlayerChanges {
                name: Some(name.to_owned()),
                ..PlayerChanges::default()
            };
            let found = match within {
                false => Player::find_or_create_by(db, changes(), |_| ()).await?,
                true => {
                    db.transaction(async |tx| {
                        Player::find_or_create_by(&tx, changes(), |_| ()).await
                    })
                    .await?
                }
            };
            Ok(found.id)
        })
    });
    let mut ids = Vec::new();
    for id in all(racers).await {
        ids.push(id?);
    }
    ids.sort_unstable();
    ids.dedup();
    claim(ids.len() == 1 && ids[0] > 0, || {
        format!("they were given the records {ids:?} of `{name}`")
    })?;
    rows(db, name).await
}

/// A key of a record that does not exist is refused as such.
async fn refers_to_nothing(db: &Db) -> Result<()> {
    let mut stray = Player {
        team_id: Some(12_345),
        ..player("stray")
    };
    let error = stray.save(db).await.expect_err("there is no such team");
    let of_database = error
        .downcast_ref::<DatabaseError>()
        .map(DatabaseError::kind);
    let is_told = error.is_invalid() || of_database == Some(DatabaseErrorKind::ForeignKeyViolation);
    claim(is_told, || {
        format!("a dangling key was refused as {error:?}")
    })
}
