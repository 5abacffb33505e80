//! When every connection is taken, whoever asks for one is told so in time; afterwards every connection is there.

use std::time::{Duration, Instant};

use tokio::time::sleep;
use velocious::Result;
use velocious::database::{DatabaseError, DatabaseErrorKind, Db, Dialect};
use velocious::value::{Value, ValueKind};

use crate::claim::{claim, limit};
use crate::database::{Server, create};
use crate::random::Random;
use crate::tasks::{Meeting, all};

/// How many connections there are, and how long they are waited for.
const CONNECTIONS: usize = 4;
const PATIENCE: Duration = Duration::from_millis(1_000);

/// How much later than that an answer may come.
const GRACE: Duration = Duration::from_millis(500);

/// How many wait while others hold everything.
const WAITING: usize = 40;

/// Runs so many rounds.
///
/// # Errors
/// What was not as promised.
pub async fn run(server: &Server, seed: u64, rounds: u64) -> Result<String> {
    let few = |options: velocious::database::DatabaseOptions| {
        options
            .max_connections(CONNECTIONS)
            .checkout_timeout(PATIENCE)
            .busy_timeout(PATIENCE)
    };
    server
        .with_options(few, async |db| {
            create(&db, "CREATE TABLE counters ({id}, value BIGINT NOT NULL)").await?;
            db.batch("INSERT INTO counters (id, value) VALUES (1, 0)")
                .await?;
            let mut slowest = Duration::ZERO;
            for round in 0..rounds {
                let mut random = Random::part(seed, round);
                slowest = slowest.max(exhausted(&db).await?);
                slowest = slowest.max(crowded(&db, &mut random).await?);
                waits_for_itself(&db).await?;
                every_connection_is_there(&db).await?;
            }
            Ok(format!(
                "{rounds} rounds, the slowest answer after {slowest:.2?}"
            ))
        })
        .await
}

fn write(db: &Db) -> impl Future<Output = Result<usize>> {
    let db = db.clone();
    async move {
        db.execute_sql(
            "UPDATE counters SET value = value + ? WHERE id = 1",
            [Value::BigInt(1)],
        )
        .await
    }
}

fn is_refused(error: &velocious::Error) -> bool {
    let kind = error
        .downcast_ref::<DatabaseError>()
        .map(DatabaseError::kind);
    matches!(
        kind,
        Some(DatabaseErrorKind::PoolExhausted | DatabaseErrorKind::Busy)
    )
}

/// All connections are held for longer than anybody waits: everybody else is refused in time.
async fn exhausted(db: &Db) -> Result<Duration> {
    let holders = match db.dialect() {
        // The one that writes.
        Dialect::Sqlite => 1,
        _ => CONNECTIONS,
    };
    let (held, refused) = (Meeting::of(holders), Meeting::of(WAITING));
    let (held, refused) = (&held, &refused);
    let mut work: Vec<std::pin::Pin<Box<dyn Future<Output = Result<Duration>> + '_>>> = Vec::new();
    for _ in 0..holders {
        let db = db.clone();
        work.push(Box::pin(async move {
            db.transaction(async |_| {
                held.come();
                refused.everybody().await?;
                Ok(Duration::ZERO)
            })
            .await
        }));
    }
    for _ in 0..WAITING {
        let db = db.clone();
        work.push(Box::pin(async move {
            held.everybody().await?;
            let start = Instant::now();
            let written = write(&db).await;
            let waited = start.elapsed();
            refused.come();
            match written {
                Err(error) if is_refused(&error) => Ok(waited),
                Err(error) => Err(error),
                Ok(_) => Err(velocious::Error::message(
                    "a write got past those who hold everything",
                )),
            }
        }));
    }
    slowest(all(work).await)
}

/// More work than connections, of which some may be refused, but all get an answer.
async fn crowded(db: &Db, random: &mut Random) -> Result<Duration> {
    let mut work: Vec<std::pin::Pin<Box<dyn Future<Output = Result<Duration>>>>> = Vec::new();
    for _ in 0..40 {
        let hold = Duration::from_millis(20 + u64::try_from(random.below(200)).unwrap_or(0));
        let db = db.clone();
        work.push(Box::pin(async move {
            let start = Instant::now();
            let outcome = db
                .transaction(async |_| {
                    let waited = start.elapsed();
                    sleep(hold).await;
                    Ok(waited)
                })
                .await;
            match outcome {
                Err(error) if is_refused(&error) => Ok(start.elapsed()),
                outcome => outcome,
            }
        }));
    }
    slowest(all(work).await)
}

fn slowest(outcomes: Vec<Result<Duration>>) -> Result<Duration> {
    let mut slowest = Duration::ZERO;
    for outcome in outcomes {
        slowest = slowest.max(outcome?);
    }
    claim(slowest <= PATIENCE + limit(GRACE), || {
        format!("an answer came after {slowest:.2?}, and {PATIENCE:?} are waited for")
    })?;
    Ok(slowest)
}

/// Work that holds every connection and asks for one more is told at once; so are those that wait for each other.
async fn waits_for_itself(db: &Db) -> Result<()> {
    let start = Instant::now();
    let meeting = &Meeting::of(CONNECTIONS);
    let work = (0..CONNECTIONS).map(
        |_| -> std::pin::Pin<Box<dyn Future<Output = Result<()>> + '_>> {
            let db = db.clone();
            Box::pin(async move {
                db.transaction(async |_| {
                    // Each waits for the others to begin, which only one can.
                    if db.dialect() == Dialect::Sqlite {
                        return Ok(());
                    }
                    meeting.wait().await?;
                    match write(&db).await {
                        Err(error) if is_refused(&error) => Ok(()),
                        Err(error) => Err(error),
                        Ok(_) => Ok(()),
                    }
                })
                .await
            })
        },
    );
    for outcome in all(work).await {
        outcome?;
    }
    let waited = start.elapsed();
    claim(waited <= limit(Duration::from_secs(5)), || {
        format!("work that waits for itself was told after {waited:.2?}")
    })
}

/// As many transactions as there are connections run side by side, and the server has no more of them.
async fn every_connection_is_there(db: &Db) -> Result<()> {
    let places = match db.dialect() {
        Dialect::Sqlite => 1,
        _ => CONNECTIONS,
    };
    // None ends before all have begun: were a connection missing, the last one would be refused.
    let meeting = &Meeting::of(places);
    let work = (0..places).map(
        |_| -> std::pin::Pin<Box<dyn Future<Output = Result<()>> + '_>> {
            let db = db.clone();
            Box::pin(async move {
                db.transaction(async |tx| {
                    tx.rows_sql("SELECT 1", [], &[ValueKind::BigInt]).await?;
                    meeting.wait().await
                })
                .await
            })
        },
    );
    for outcome in all(work).await {
        outcome?;
    }
    let sql = match db.dialect() {
        Dialect::Sqlite => return Ok(()),
        Dialect::Postgres => {
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        }
        _ => "SELECT count(*) FROM information_schema.processlist WHERE db = DATABASE()",
    };
    let rows = db.rows_sql(sql, [], &[ValueKind::BigInt]).await?;
    let open = match rows.first().map(Vec::as_slice) {
        Some([Value::BigInt(open)]) => *open,
        _ => -1,
    };
    claim((1..=4).contains(&open), || {
        format!("the server has {open} connections, of {CONNECTIONS} that there may be")
    })
}
