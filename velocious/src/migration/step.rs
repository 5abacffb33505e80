//! One migration, alone in the database: under a lock that keeps other programs out, recorded only when it is complete.
//!
//! On SQLite and PostgreSQL it is a transaction, so it is done whole or not at all. MySQL commits each change of a
//! schema by itself. There it is noted before it starts that it has, so that one that was interrupted is known as such
//! and nothing is run on top of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::broken::{broken_references, refuse_newly_broken};
use super::{Migration, Schema};
use crate::database::{BeginOptions, Db, Dialect};
use crate::value::{Value, ValueKind};
use crate::{Error, Result};

/// How long a migration waits for another program's.
const PATIENCE: Duration = Duration::from_secs(600);

/// Makes the table of what has been applied.
pub(super) const CREATE: &str = "CREATE TABLE IF NOT EXISTS \"schema_migrations\" (\n  \"version\" VARCHAR(255) PRIMARY KEY NOT NULL\n)";

/// The table of what has been started and not completed, on MySQL.
const STARTED: &str = "schema_migrations_started";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// Why a migration failed, and whether some of it has stayed.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) cause: Error,
    pub(super) is_undone: bool,
}

impl From<Error> for Failure {
    fn from(cause: Error) -> Self {
        Failure {
            cause,
            is_undone: true,
        }
    }
}

/// Runs a migration; answers whether it was still to be done.
pub(super) async fn run(
    db: &Db,
    migration: &dyn Migration,
    direction: Direction,
) -> Result<bool, Failure> {
    match db.dialect() {
        Dialect::Sqlite => {
            let options = BeginOptions {
                patience: Some(PATIENCE),
                foreign_keys: false,
                ..BeginOptions::default()
            };
            let work = async |tx: Db| {
                let before = broken_references(&tx).await?;
                let is_done = step(&tx, migration, direction, Arc::default()).await?;
                refuse_newly_broken(&before, broken_references(&tx).await?)?;
                Ok(is_done)
            };
            Ok(db.begin_with(options, work).await?)
        }
        Dialect::Postgres => {
            let work = async |tx: Db| {
                tx.batch(&postgres_lock()).await?;
                step(&tx, migration, direction, Arc::default()).await
            };
            Ok(db.transaction(work).await?)
        }
        Dialect::Mysql => {
            let mut failure = None;
            let work = async |db: Db| {
                lock_mysql(&db).await?;
                let outcome = step_apart(&db, migration, direction).await;
                unlock_mysql(&db).await?;
                match outcome {
                    Ok(is_done) => Ok(is_done),
                    Err(found) => {
                        failure = Some(found);
                        Ok(false)
                    }
                }
            };
            let is_done = db.with_connection(work).await;
            match failure {
                Some(failure) => Err(failure),
                None => Ok(is_done?),
            }
        }
    }
}

/// Runs a migration and records it; `has_changed` is set as soon as something has changed.
async fn step(
    db: &Db,
    migration: &dyn Migration,
    direction: Direction,
    has_changed: Arc<AtomicBool>,
) -> Result<bool> {
    db.batch(CREATE).await?;
    if is_applied(db, migration).await? == (direction == Direction::Up) {
        return Ok(false);
    }
    let mut schema = Schema::watched(db.clone(), has_changed);
    match direction {
        Direction::Up => migration.up(&mut schema).await?,
        Direction::Down => migration.down(&mut schema).await?,
    }
    record(db, migration, direction).await?;
    Ok(true)
}

async fn is_applied(db: &Db, migration: &dyn Migration) -> Result<bool> {
    let find = "SELECT version FROM schema_migrations WHERE version = ?";
    let found = db
        .rows_sql(find, [version(migration)], &[ValueKind::Text])
        .await?;
    Ok(!found.is_empty())
}

async fn record(db: &Db, migration: &dyn Migration, direction: Direction) -> Result<()> {
    let sql = match direction {
        Direction::Up => "INSERT INTO schema_migrations (version) VALUES (?)",
        Direction::Down => "DELETE FROM schema_migrations WHERE version = ?",
    };
    if db.dialect() != Dialect::Mysql {
        db.execute_sql(sql, [version(migration)]).await?;
        return Ok(());
    }
    // Recorded and no longer noted as started, both at once: what is complete is never taken for interrupted.
    db.transaction(async |tx| {
        tx.execute_sql(sql, [version(migration)]).await?;
        tx.execute_sql(&format!("DELETE FROM {STARTED}"), [])
            .await?;
        Ok(())
    })
    .await
}

fn version(migration: &dyn Migration) -> Value {
    Value::Text(migration.version().to_string())
}

/// Let go of by the end of the transaction, whatever ends it.
fn postgres_lock() -> String {
    format!(
        "SET LOCAL lock_timeout = {}; SELECT pg_advisory_xact_lock(hashtext('velocious migrations of ' || current_schema()))",
        PATIENCE.as_millis()
    )
}

/// Locks by name are the server's, not the database's, and their names are short.
const MYSQL_LOCK: &str = "MD5(CONCAT('velocious migrations of ', DATABASE()))";

/// Let go of by the end of the connection, whatever ends it.
async fn lock_mysql(db: &Db) -> Result<()> {
    let sql = format!("SELECT GET_LOCK({MYSQL_LOCK}, {})", PATIENCE.as_secs());
    let rows = db.rows_sql(&sql, [], &[ValueKind::BigInt]).await?;
    match rows.first().map(Vec::as_slice) {
        Some([Value::BigInt(1)]) => Ok(()),
        _ => Err(Error::message(format!(
            "another program has been migrating this database for {} seconds: wait until it has ended, or end it",
            PATIENCE.as_secs()
        ))),
    }
}

async fn unlock_mysql(db: &Db) -> Result<()> {
    db.batch(&format!("DO RELEASE_LOCK({MYSQL_LOCK})")).await
}

/// Runs a migration that nothing can undo, with a note that it has started.
async fn step_apart(
    db: &Db,
    migration: &dyn Migration,
    direction: Direction,
) -> Result<bool, Failure> {
    db.batch(CREATE).await?;
    let create = format!(
        "CREATE TABLE IF NOT EXISTS {STARTED} (version VARCHAR(255) PRIMARY KEY NOT NULL, name VARCHAR(255) NOT NULL)"
    );
    db.batch(&create).await?;
    refuse_what_is_unfinished(db).await?;
    if is_applied(db, migration).await? == (direction == Direction::Up) {
        return Ok(false);
    }
    let note = format!("INSERT INTO {STARTED} (version, name) VALUES (?, ?)");
    let name = Value::Text(migration.name().to_owned());
    db.execute_sql(&note, [version(migration), name]).await?;
    let has_changed = Arc::new(AtomicBool::new(false));
    let outcome = step(db, migration, direction, has_changed.clone()).await;
    let is_undone = !has_changed.load(Ordering::Relaxed);
    // One that is complete was recorded, and the note taken away with that.
    if is_undone {
        db.execute_sql(&format!("DELETE FROM {STARTED}"), [])
            .await?;
    }
    outcome.map_err(|cause| Failure { cause, is_undone })
}

/// Refuses to go on from a migration that was interrupted; only MySQL knows such.
pub(super) async fn refuse_unfinished(db: &Db) -> Result<()> {
    if db.dialect() != Dialect::Mysql || unfinished(db).await?.is_none() {
        return Ok(());
    }
    // It may be under way in another program right now: that has ended once this one has the lock.
    let work = async |db: Db| {
        lock_mysql(&db).await?;
        let found = refuse_what_is_unfinished(&db).await;
        unlock_mysql(&db).await?;
        found
    };
    db.with_connection(work).await
}

/// The same for whoever has the lock.
async fn refuse_what_is_unfinished(db: &Db) -> Result<()> {
    match unfinished(db).await? {
        None => Ok(()),
        Some((version, name)) => Err(Error::message(format!(
            "the migration `{name}` ({version}) was interrupted, and MySQL cannot undo changes of a schema: {REPAIR}"
        ))),
    }
}

/// The version and the name of the migration that was started and not completed.
async fn unfinished(db: &Db) -> Result<Option<(String, String)>> {
    if !Schema::new(db.clone()).table_exists(STARTED).await? {
        return Ok(None);
    }
    let kinds = [ValueKind::Text, ValueKind::Text];
    let sql = format!("SELECT version, name FROM {STARTED}");
    let rows = db.rows_sql(&sql, [], &kinds).await?;
    Ok(match rows.first().map(Vec::as_slice) {
        Some([Value::Text(version), Value::Text(name)]) => Some((version.clone(), name.clone())),
        _ => None,
    })
}

/// What to do about half a migration.
pub(super) const REPAIR: &str = "see what it has changed, undo that by hand, run `DELETE FROM schema_migrations_started`, and migrate again";
