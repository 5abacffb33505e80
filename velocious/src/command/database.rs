//! The commands `db:…`.
//!
//! * [`create`], [`drop_all`], [`load`], [`fill`]: whole databases; [`migrate`], [`migrate_to`], [`rollback`],
//!   [`status`]: their schema; [`seed`], [`prepare`]: what is in them.

use std::path::PathBuf;

use super::say;
use crate::application::Boot;
use crate::migration::{Applied, Schema, describe, structure};
use crate::value::{Value, ValueKind};
use crate::{App, Db, Error, Result};

/// What `#[derive(Model)]` checks structs against.
const SCHEMA: &str = "db/schema.json";

/// There as long as the seeds of a new database are to be planted.
const SEEDS_PENDING: &str = "schema_seeds_pending";

/// The dump of a database's schema, below the application's folder.
fn structure_file(identifier: &str) -> String {
    format!("db/structure-{identifier}.sql")
}

/// Creates the databases, which opening them has done.
pub(super) async fn create(app: &App) -> Result<()> {
    for (identifier, _) in app.databases() {
        // A file that is no database is told apart here, not by whoever uses it first.
        app.migrator_of(identifier)?.status().await?;
    }
    say(&format!("The {} database is there.", app.environment()));
    Ok(())
}

/// Drops the databases.
pub(super) async fn drop_all(boot: &Boot) -> Result<()> {
    let environment = &boot.environment;
    if environment.is_production() {
        return Err(Error::message(
            "the databases of production are not dropped by a command: do that by hand, or name another environment with `-e`",
        ));
    }
    for (identifier, options) in boot.database_options()? {
        let said = match Db::drop_database(options).await? {
            true => "is dropped",
            false => "is not there",
        };
        say(&format!(
            "The {environment} database `{identifier}` {said}."
        ));
    }
    Ok(())
}

/// Makes the tables of empty databases as they were written down.
pub(super) async fn load(boot: &Boot) -> Result<()> {
    let databases = boot.open_databases().await?;
    let mut outcome = Ok(());
    for (identifier, db) in &databases {
        outcome = match outcome {
            Ok(()) => load_one(boot, identifier, db).await,
            failed => failed,
        };
        db.close().await;
    }
    outcome
}

async fn load_one(boot: &Boot, identifier: &str, db: &Db) -> Result<()> {
    let file = structure_file(identifier);
    let text = std::fs::read_to_string(boot.root.join(&file)).map_err(|error| {
        Error::message(format!(
            "cannot read `{file}`, which `db:migrate` writes: {error}"
        ))
    })?;
    if !structure(db).await?.is_empty() {
        return Err(Error::message(format!(
            "the database `{identifier}` has tables already, and `{file}` is for an empty one: run `db:drop` first"
        )));
    }
    db.batch(&text).await?;
    say(&format!("The database `{identifier}` is as `{file}` says."));
    Ok(())
}

/// Migrates and seeds databases that are new.
pub(super) async fn fill(app: &App) -> Result<()> {
    migrate(app).await?;
    seed(app).await
}

/// Applies what is pending, and writes down the schema.
pub(super) async fn migrate(app: &App) -> Result<()> {
    let applied = app.migrate().await?;
    report(
        &applied,
        "applied",
        "Nothing to migrate: every migration is applied.",
    );
    write_schema(app).await
}

/// Applies and undoes until `version` is the last one, and writes down the schema.
pub(super) async fn migrate_to(app: &App, database: &str, version: u64) -> Result<()> {
    let moved = app.migrator_of(database)?.migrate_to(version).await?;
    report(&moved.applied, "applied", "");
    report(&moved.rolled_back, "rolled back", "");
    if moved.applied.is_empty() && moved.rolled_back.is_empty() {
        say(&format!("Nothing to do: the database is at {version}."));
    }
    write_schema(app).await
}

/// Undoes the last `steps` migrations of a database, and writes down the schema.
pub(super) async fn rollback(app: &App, database: &str, steps: usize) -> Result<()> {
    let undone = app.migrator_of(database)?.rollback(steps).await?;
    report(
        &undone,
        "rolled back",
        "Nothing to roll back: no migration is applied.",
    );
    write_schema(app).await
}

/// Lists all migrations.
pub(super) async fn status(app: &App) -> Result<()> {
    let is_one = app.databases().count() == 1;
    for (identifier, _) in app.databases() {
        let statuses = app.migrator_of(identifier)?.status().await?;
        if !is_one {
            say(&format!("Database `{identifier}`:"));
        }
        if statuses.is_empty() {
            say("There are no migrations.");
        }
        for status in statuses {
            let state = if status.is_applied {
                "applied"
            } else {
                "pending"
            };
            let name = status.name.unwrap_or("(not in this program)");
            say(&format!("{state}  {}  {name}", status.version));
        }
    }
    Ok(())
}

/// Runs the application's seeds.
pub(super) async fn seed(app: &App) -> Result<()> {
    match app.seeds() {
        Some(seeds) => {
            seeds(app.clone()).await?;
            say("The seeds are planted.");
        }
        None => {
            say("There are no seeds: add some with `.seeds(…)` in `src/config/application.rs`.")
        }
    }
    Ok(())
}

/// Brings the databases to where the program can be served: applies what is pending, and plants the seeds in a database
/// that was new. The schema is not written down, for nobody is changing it.
///
/// That the seeds are still to be planted stands in the database itself until they are, so that a start that is
/// interrupted leaves it to the next one.
pub(super) async fn prepare(app: &App) -> Result<()> {
    let db = app.database();
    let statuses = app.migrator().status().await?;
    let is_new = !statuses.iter().any(|status| status.is_applied);
    if is_new && app.seeds().is_some() {
        db.batch(&format!(
            "CREATE TABLE IF NOT EXISTS {SEEDS_PENDING} (id INTEGER)"
        ))
        .await?;
    }
    for migration in &app.migrate().await? {
        say(&format!(
            "applied  {}  {}",
            migration.version, migration.name
        ));
    }
    let is_pending = Schema::new(db.clone()).table_exists(SEEDS_PENDING).await?;
    match app.seeds() {
        Some(seeds) if is_pending => {
            seeds(app.clone()).await?;
            db.batch(&format!("DROP TABLE IF EXISTS {SEEDS_PENDING}"))
                .await
        }
        _ => Ok(()),
    }
}

fn report(migrations: &[Applied], verb: &str, nothing: &str) {
    if migrations.is_empty() && !nothing.is_empty() {
        say(nothing);
    }
    for migration in migrations {
        say(&format!(
            "{verb}  {}  {}",
            migration.version, migration.name
        ));
    }
}

/// Writes down the schema where it is developed; a server in production has no use for the files.
async fn write_schema(app: &App) -> Result<()> {
    if app.environment().is_production() {
        return Ok(());
    }
    let mut databases = Vec::new();
    for (identifier, db) in app.databases() {
        let mut text = structure(db).await?;
        text.push_str(&versions(db).await?);
        write(app.root().join(structure_file(identifier)), &text)?;
        databases.push((identifier, db));
    }
    write(app.root().join(SCHEMA), &describe(&databases).await?)
}

/// The statement that says which migrations a database has.
async fn versions(db: &Db) -> Result<String> {
    let sql = "SELECT version FROM schema_migrations ORDER BY version";
    let rows = db.rows_sql(sql, [], &[ValueKind::Text]).await?;
    let versions = rows
        .into_iter()
        .flatten()
        .filter_map(|version| match version {
            Value::Text(version) => Some(format!("('{version}')")),
            _ => None,
        });
    let versions: Vec<_> = versions.collect();
    Ok(match versions.is_empty() {
        true => String::new(),
        false => format!(
            "\nINSERT INTO schema_migrations (version) VALUES\n{};\n",
            versions.join(",\n")
        ),
    })
}

/// Writes a file. One that says the same already stays as it is, because models are compiled anew when the schema is
/// written.
fn write(path: PathBuf, text: &str) -> Result<()> {
    if std::fs::read_to_string(&path).is_ok_and(|written| written == text) {
        return Ok(());
    }
    let written = match path.parent() {
        Some(folder) => std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, text)),
        None => std::fs::write(&path, text),
    };
    written.map_err(|error| Error::message(format!("cannot write `{}`: {error}", path.display())))
}
