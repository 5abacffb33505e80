//! Several processes write to one SQLite file: none is told that it is locked, and no row is lost.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use velocious::database::{DatabaseOptions, Db};
use velocious::value::{Value, ValueKind};
use velocious::{Error, Result};

use crate::claim::{claim, limit, p99};
use crate::database::{Server, create};
use crate::random::Random;

/// How many processes write.
const PROCESSES: u64 = 4;

/// Lets processes of `program` write so many rows each.
///
/// # Errors
/// What was not as promised.
pub async fn run(program: &Path, seed: u64, rows: u64) -> Result<String> {
    Server::sqlite()
        .with_place(async |place| {
            let db = Db::open(place.options()?).await?;
            create(
                &db,
                "CREATE TABLE events ({id}, process BIGINT NOT NULL, number BIGINT NOT NULL);
                 CREATE TABLE counters ({id}, value BIGINT NOT NULL);
                 INSERT INTO counters (id, value) VALUES (1, 0);",
            )
            .await?;
            let patience = limit(DatabaseOptions::BUSY_TIMEOUT).as_secs();
            let children: Vec<_> = (0..PROCESSES)
                .map(|process| {
                    Command::new(program)
                        .args(["write-as-a-process", place.url()])
                        .args([process, seed, rows, patience].map(|number| number.to_string()))
                        .stdout(Stdio::piped())
                        .stderr(Stdio::piped())
                        .spawn()
                })
                .collect();
            let mut milliseconds = Vec::new();
            for child in children {
                let output = child?.wait_with_output()?;
                let said = String::from_utf8_lossy(&output.stdout).into_owned();
                claim(output.status.success(), || {
                    format!("a process failed: {said}{}", String::from_utf8_lossy(&output.stderr))
                })?;
                milliseconds.extend(said.split_whitespace().filter_map(|it| it.parse::<f64>().ok()));
            }
            let ask = async |sql: &str| -> Result<Value> {
                let rows = db.rows_sql(sql, [], &[ValueKind::BigInt]).await?;
                let row = rows.into_iter().flatten().next();
                row.ok_or_else(|| Error::message(format!("no answer to `{sql}`")))
            };
            let wanted = Value::BigInt(i64::try_from(PROCESSES * rows)?);
            let distinct = "SELECT count(*) FROM (SELECT DISTINCT process, number FROM events)";
            for sql in ["SELECT count(*) FROM events", distinct, "SELECT value FROM counters"] {
                let found = ask(sql).await?;
                claim(found == wanted, || format!("`{sql}` answers {found}, and should {wanted}"))?;
            }
            let check = db
                .rows_sql("PRAGMA integrity_check", [], &[ValueKind::Text])
                .await?;
            claim(check == [[Value::Text("ok".into())]], || format!("the file is broken: {check:?}"))?;
            db.close().await;
            let (writes, slow) = (milliseconds.len(), p99(milliseconds));
            let soon = limit(Duration::from_secs(1)).as_secs_f64() * 1000.0;
            claim(slow <= soon, || format!("one write in a hundred took {slow:.0} ms"))?;
            Ok(format!(
                "{PROCESSES} processes, {writes} writes, never locked out, 99 of 100 within {slow:.1} ms"
            ))
        })
        .await
}

/// One of the processes: writes rows, alone or in transactions, and prints how long each write took. It waits so many
/// seconds for its turn.
///
/// # Errors
/// The first write that is refused.
pub async fn child(url: &str, process: u64, seed: u64, rows: u64, patience: u64) -> Result<()> {
    let options = DatabaseOptions::from_url(url)?.busy_timeout(Duration::from_secs(patience));
    let db = Db::open(options).await?;
    let mut random = Random::part(seed, process);
    let mut number = 0;
    while number < rows {
        let start = Instant::now();
        let together = 1 + u64::try_from(random.below(4))?;
        let together = together.min(rows - number);
        let insert = async |db: &Db, number: u64| {
            let binds = [
                Value::BigInt(i64::try_from(process)?),
                Value::BigInt(i64::try_from(number)?),
            ];
            db.execute_sql("INSERT INTO events (process, number) VALUES (?, ?)", binds)
                .await?;
            let raise = "UPDATE counters SET value = value + 1 WHERE id = 1";
            db.execute_sql(raise, []).await
        };
        match together {
            1 => {
                insert(&db, number).await?;
            }
            _ => {
                db.transaction(async |tx| {
                    // Reads first, as a program does that would otherwise have to upgrade its lock.
                    tx.rows_sql("SELECT count(*) FROM events", [], &[ValueKind::BigInt])
                        .await?;
                    for at in 0..together {
                        insert(&tx, number + at).await?;
                    }
                    Ok(())
                })
                .await?;
            }
        }
        number += together;
        println!("{:.3}", start.elapsed().as_secs_f64() * 1000.0);
        if random.chance(10) {
            db.rows_sql("SELECT max(number) FROM events", [], &[ValueKind::BigInt])
                .await?;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    db.close().await;
    Ok(())
}
