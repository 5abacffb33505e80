//! `db:create`, `db:migrate`, `db:rollback`, `db:status` and `db:seed`.

use super::say;
use crate::migration::{Applied, describe, structure};
use crate::{App, Error, Result};

/// The dump of the schema, below the application's folder.
const STRUCTURE: &str = "db/structure-default.sql";

/// What `#[derive(Model)]` checks structs against.
const SCHEMA: &str = "db/schema.json";

/// Creates the database, which opening it has done.
pub(super) async fn create(app: &App) -> Result<()> {
    // A file that is no database is told apart here, not by whoever uses it first.
    app.migrator().status().await?;
    say(&format!("The {} database is there.", app.environment()));
    Ok(())
}

/// Applies what is pending, and writes down the schema.
pub(super) async fn migrate(app: &App) -> Result<()> {
    let applied = app.migrator().migrate().await?;
    report(
        &applied,
        "applied",
        "Nothing to migrate: every migration is applied.",
    );
    write_structure(app).await
}

/// Undoes the last `steps` migrations, and writes down the schema.
pub(super) async fn rollback(app: &App, steps: usize) -> Result<()> {
    let undone = app.migrator().rollback(steps).await?;
    report(
        &undone,
        "rolled back",
        "Nothing to roll back: no migration is applied.",
    );
    write_structure(app).await
}

/// Lists all migrations.
pub(super) async fn status(app: &App) -> Result<()> {
    let statuses = app.migrator().status().await?;
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

/// Brings the database to where the program can be served: applies what is pending, and plants the seeds in a database
/// that was new. The schema is not written down, for nobody is changing it.
pub(super) async fn prepare(app: &App) -> Result<()> {
    let is_new = !app
        .migrator()
        .status()
        .await?
        .iter()
        .any(|status| status.is_applied);
    let applied = app.migrator().migrate().await?;
    for migration in &applied {
        say(&format!(
            "applied  {}  {}",
            migration.version, migration.name
        ));
    }
    match app.seeds() {
        Some(seeds) if is_new => seeds(app.clone()).await,
        _ => Ok(()),
    }
}

fn report(migrations: &[Applied], verb: &str, nothing: &str) {
    if migrations.is_empty() {
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
async fn write_structure(app: &App) -> Result<()> {
    if app.environment().is_production() {
        return Ok(());
    }
    write(app, STRUCTURE, &structure(app.database()).await?)?;
    write(
        app,
        SCHEMA,
        &describe(&[("default", app.database())]).await?,
    )
}

/// Writes a file below the application's folder. One that says the same already stays as it is, because models are
/// compiled anew when the schema is written.
fn write(app: &App, file: &str, text: &str) -> Result<()> {
    let path = app.root().join(file);
    if std::fs::read_to_string(&path).is_ok_and(|written| written == text) {
        return Ok(());
    }
    let written = match path.parent() {
        Some(folder) => std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, text)),
        None => std::fs::write(&path, text),
    };
    written.map_err(|error| Error::message(format!("cannot write `{}`: {error}", path.display())))
}
