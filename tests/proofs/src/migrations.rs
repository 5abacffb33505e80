//! Migrations by several programs at once, and by programs that are killed.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use velocious::Error;
use velocious::database::{DatabaseOptions, Dialect};
use velocious::migration::Migrator;
use velocious::prelude::*;
use velocious::value::{Value, ValueKind};

use crate::claim::{claim, limit};
use crate::database::{Place, Server};
use crate::random::Random;

/// How many programs migrate at once.
const PROGRAMS: usize = 6;

/// How long a migration rests between its steps, so that there is time to kill it.
const REST: Duration = Duration::from_millis(4);

macro_rules! table_migration {
    ($name:ident, $version:literal, $table:literal) => {
        struct $name;

        #[migration(version = $version)]
        impl Migration for $name {
            async fn up(&self, m: &mut Schema) -> Result<()> {
                m.create_table($table, |t| {
                    t.string("name").null(false);
                    t.integer("size");
                })
                .await?;
                tokio::time::sleep(REST).await;
                m.add_index($table, &["name"]).unique().await?;
                tokio::time::sleep(REST).await;
                m.change_table($table, |t| {
                    t.string("color").default_value("red").null(false);
                })
                .await?;
                m.rename_column($table, "size", "length").await
            }

            async fn down(&self, m: &mut Schema) -> Result<()> {
                m.drop_table($table).await
            }
        }
    };
}

table_migration!(CreateApples, 20260101000001, "apples");
table_migration!(CreatePears, 20260101000002, "pears");
table_migration!(CreatePlums, 20260101000003, "plums");
table_migration!(CreateCherries, 20260101000004, "cherries");

fn migrations() -> Vec<Box<dyn Migration>> {
    velocious::migrations![CreateApples, CreatePears, CreatePlums, CreateCherries]
}

/// One of the programs: migrates, and prints what it has applied.
///
/// # Errors
/// What the migrator says.
pub async fn child(url: &str) -> Result<()> {
    let db = Db::open(DatabaseOptions::from_url(url)?.create(true)).await?;
    println!("open");
    let migrations = migrations();
    for applied in Migrator::new(&db, &migrations).migrate().await? {
        println!("applied {}", applied.version);
    }
    db.close().await;
    Ok(())
}

/// Several programs migrate at once, so many times.
///
/// # Errors
/// What was not as promised.
pub async fn together(program: &Path, server: &Server, rounds: u64) -> Result<String> {
    for _ in 0..rounds {
        server
            .with_place(async |place| {
                Db::open(place.options()?).await?.close().await;
                let children: Vec<_> = (0..PROGRAMS).map(|_| start(program, place)).collect();
                let mut applied = Vec::new();
                for child in children {
                    let (is_well, said) = ended(child?)?;
                    claim(is_well, || format!("a migrator failed: {said}"))?;
                    applied.extend(
                        said.lines()
                            .filter_map(|line| line.strip_prefix("applied ").map(str::to_owned)),
                    );
                }
                applied.sort();
                let wanted: Vec<_> = migrations()
                    .iter()
                    .map(|it| it.version().to_string())
                    .collect();
                claim(applied == wanted, || format!("they applied {applied:?}"))
            })
            .await?;
    }
    Ok(format!(
        "{PROGRAMS} programs, {rounds} times: each migration applied by one, no error"
    ))
}

/// Migrators are killed at a random moment, and the database is migrated again, so many times.
///
/// # Errors
/// What was not as promised.
pub async fn killed(program: &Path, server: &Server, seed: u64, rounds: u64) -> Result<String> {
    let (clean, whole) = server
        .with_place(async |place| {
            Db::open(place.options()?).await?.close().await;
            let began = Instant::now();
            let (is_well, said) = ended(start(program, place)?)?;
            let whole = began.elapsed();
            claim(is_well, || {
                format!("a migrator that nobody disturbs fails: {said}")
            })?;
            Ok((dump(place).await?, whole))
        })
        .await?;
    let (mut cut_short, mut refused) = (0_u32, 0_u32);
    for round in 0..rounds {
        let mut random = Random::part(seed, round);
        server
            .with_place(async |place| {
                Db::open(place.options()?).await?.close().await;
                let mut child = start(program, place)?;
                let moment = whole * u32::try_from(random.below(100))? / 100;
                tokio::time::sleep(moment).await;
                if child.try_wait()?.is_none() {
                    cut_short += 1;
                }
                child.kill()?;
                child.wait()?;
                let start_again = Instant::now();
                let (is_well, said) = ended(start(program, place)?)?;
                let waited = start_again.elapsed();
                claim(waited < limit(Duration::from_secs(6)), || {
                    format!("the lock was not free {waited:.1?} after its holder was killed")
                })?;
                if is_well {
                    let found = dump(place).await?;
                    return claim(found == clean, || {
                        format!("killed after {moment:?}, then migrated: {found}\n\nand cleanly: {clean}")
                    });
                }
                refused += 1;
                claim(server.dialect() == Dialect::Mysql, || {
                    format!("killed after {moment:?}, then refused: {said}")
                })?;
                is_named_and_not_done(place, &said).await
            })
            .await?;
    }
    Ok(format!(
        "{rounds} killed, {cut_short} of them at work: the schema is that of a clean run{}",
        match refused {
            0 => String::new(),
            count => format!(", or, {count} times, the migration is named that was cut short"),
        }
    ))
}

/// The refusal names the migration that was cut short, which is not recorded as done.
async fn is_named_and_not_done(place: &Place, said: &str) -> Result<()> {
    let all = migrations();
    let named = all
        .iter()
        .find(|it| said.contains(&it.version().to_string()));
    let Some(named) = named else {
        return Err(Error::message(format!("no migration is named: {said}")));
    };
    let db = Db::open(place.options()?).await?;
    let sql = "SELECT version FROM schema_migrations WHERE version = ?";
    let version = Value::Text(named.version().to_string());
    let rows = db.rows_sql(sql, [version], &[ValueKind::Text]).await;
    db.close().await;
    let rows = rows?;
    claim(rows.is_empty(), || {
        format!("`{}` was cut short and is recorded as done", named.name())
    })
}

fn start(program: &Path, place: &Place) -> Result<Child> {
    Ok(Command::new(program)
        .args(["migrate-as-a-process", place.url()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?)
}

fn ended(child: Child) -> Result<(bool, String)> {
    let output = child.wait_with_output()?;
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok((output.status.success(), said))
}

/// Every table, column and index, as text.
async fn dump(place: &Place) -> Result<String> {
    let db = Db::open(place.options()?).await?;
    let (sql, columns) = match db.dialect() {
        Dialect::Sqlite => (
            "SELECT type, name, coalesce(sql, ''), '', '' FROM sqlite_master ORDER BY type, name",
            5,
        ),
        Dialect::Postgres => (
            "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text, coalesce(column_default, '')
             FROM information_schema.columns WHERE table_schema = current_schema()
             UNION ALL SELECT tablename::text, indexname::text, indexdef, '', '' FROM pg_indexes
             WHERE schemaname = current_schema() ORDER BY 1, 2",
            5,
        ),
        _ => (
            "SELECT table_name, column_name, column_type, is_nullable, coalesce(column_default, '')
             FROM information_schema.columns WHERE table_schema = DATABASE()
             UNION ALL SELECT table_name, index_name, column_name, CONCAT(non_unique), '' FROM information_schema.statistics
             WHERE table_schema = DATABASE() ORDER BY 1, 2",
            5,
        ),
    };
    let kinds = vec![ValueKind::Text; columns];
    let rows = db.rows_sql(sql, [], &kinds).await;
    let versions = "SELECT version FROM schema_migrations ORDER BY version";
    let versions = db.rows_sql(versions, [], &[ValueKind::Text]).await;
    db.close().await;
    let lines: Vec<_> = rows?
        .into_iter()
        .chain(versions?)
        .map(|row| {
            row.iter()
                .map(Value::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    Ok(lines.join("\n"))
}
