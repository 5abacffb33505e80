//! Migrations from outside.

mod alter;
mod migrator;
mod processes;
mod schema;
mod structure;

use std::sync::atomic::{AtomicU64, Ordering};

use super::{Migration, Migrator, Schema};
use crate::database::Db;
use crate::{BoxFuture, Result};

/// What `#[migration]` makes of an `async fn`.
type Change = for<'a> fn(&'a mut Schema) -> BoxFuture<'a, Result<()>>;

/// A migration made of functions.
struct Step {
    version: u64,
    name: &'static str,
    up: Change,
    down: Change,
}

impl Migration for Step {
    fn version(&self) -> u64 {
        self.version
    }

    fn name(&self) -> &'static str {
        self.name
    }

    fn up<'a>(&'a self, schema: &'a mut Schema) -> BoxFuture<'a, Result<()>> {
        (self.up)(schema)
    }

    fn down<'a>(&'a self, schema: &'a mut Schema) -> BoxFuture<'a, Result<()>> {
        (self.down)(schema)
    }
}

/// Applies one change, as a migration of its own.
async fn change(db: &Db, up: Change) -> Result<()> {
    static VERSION: AtomicU64 = AtomicU64::new(1);
    let migrations: [Box<dyn Migration>; 1] = [Box::new(Step {
        version: VERSION.fetch_add(1, Ordering::Relaxed),
        name: "Change",
        up,
        down: up,
    })];
    let applied = Migrator::new(db, &migrations).migrate().await?;
    assert_eq!(applied.len(), 1);
    Ok(())
}

/// The text of the error of a change that fails, without the words around it.
async fn failure(db: &Db, up: Change) -> String {
    let error = change(db, up)
        .await
        .expect_err("it should fail")
        .to_string();
    match error.split_once("failed and was undone: ") {
        Some((_, cause)) => cause.to_owned(),
        None => error,
    }
}
