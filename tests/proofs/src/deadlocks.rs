//! Transactions that lock the same rows in opposite orders are run again until each has committed.

use std::cell::Cell;
use std::pin::Pin;
use std::time::Duration;

use tokio::time::sleep;
use velocious::Result;
use velocious::database::{Db, Dialect, TransactionOptions};
use velocious::value::{Value, ValueKind};

use crate::claim::claim;
use crate::database::{Server, create};
use crate::random::Random;
use crate::tasks::all;

/// The most runs of one transaction.
const TRIES: u32 = 8;

/// How many run side by side.
const TASKS: u64 = 8;

/// Rows that they lock.
const ROWS: usize = 3;

/// PostgreSQL looks for deadlocks after a second, and most of a second later there is another one.
async fn impatient(db: &Db) -> Result<()> {
    if db.dialect() == Dialect::Postgres {
        let name = "SELECT CAST(current_database() AS TEXT)";
        for name in db.rows_sql(name, [], &[ValueKind::Text]).await?.concat() {
            let name = name.to_string();
            db.batch(&format!(
                "ALTER DATABASE {name} SET deadlock_timeout = '30ms'"
            ))
            .await?;
        }
    }
    db.close().await;
    Ok(())
}

/// Runs so many transactions.
///
/// # Errors
/// What was not as promised.
pub async fn run(server: &Server, seed: u64, transactions: u64) -> Result<String> {
    server
        .with_place(async |place| {
            impatient(&Db::open(place.options()?).await?).await?;
            let db = Db::open(place.options()?).await?;
            create(&db, "CREATE TABLE counters ({id}, value BIGINT NOT NULL)").await?;
            for id in 1..=ROWS {
                db.batch(&format!("INSERT INTO counters (id, value) VALUES ({id}, 0)"))
                    .await?;
            }
            let (runs, most) = (Cell::new(0_u32), Cell::new(0_u32));
            let (db, runs_of_all, most_of_one) = (&db, &runs, &most);
            let tasks = (0..TASKS).map(|task| -> Pin<Box<dyn Future<Output = Result<()>> + '_>> {
                Box::pin(async move {
                    let mut random = Random::part(seed, task);
                    for _ in 0..transactions / TASKS {
                        let first = random.below(ROWS);
                        let second = (first + 1 + random.below(ROWS - 1)) % ROWS;
                        let pause = Duration::from_micros(u64::try_from(random.below(3_000))?);
                        let tries = Cell::new(0);
                        let options = TransactionOptions::new().retries(TRIES - 1);
                        db.transaction_with(options, async |tx| {
                            tries.set(tries.get() + 1);
                            for row in [first, second] {
                                let sql = "UPDATE counters SET value = value + 1 WHERE id = ?";
                                let id = i64::try_from(row + 1)?;
                                tx.execute_sql(sql, [Value::BigInt(id)]).await?;
                                sleep(pause).await;
                            }
                            Ok(())
                        })
                        .await?;
                        runs_of_all.set(runs_of_all.get() + tries.get());
                        most_of_one.set(most_of_one.get().max(tries.get()));
                    }
                    Ok(())
                })
            });
            for outcome in all(tasks).await {
                outcome?;
            }
            let committed = transactions / TASKS * TASKS;
            let sql = "SELECT CAST(SUM(value) AS DECIMAL(20)) FROM counters";
            let sql = match db.dialect() {
                Dialect::Mysql => sql.replace("DECIMAL(20)", "SIGNED"),
                Dialect::Postgres => sql.replace("DECIMAL(20)", "BIGINT"),
                _ => sql.replace("DECIMAL(20)", "INTEGER"),
            };
            let rows = db.rows_sql(&sql, [], &[ValueKind::BigInt]).await?;
            let wanted = Value::BigInt(i64::try_from(committed * 2)?);
            claim(rows == [[wanted]], || {
                format!("{committed} transactions left {rows:?}, and each adds two")
            })?;
            claim(!db.is_in_transaction(), || "a transaction is still open".into())?;
            let (runs, most) = (runs.get(), most.get());
            db.close().await;
            Ok(format!(
                "{committed} of {committed} transactions committed in {runs} runs, at most {most} of one"
            ))
        })
        .await
}
