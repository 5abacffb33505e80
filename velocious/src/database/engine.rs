//! The drivers behind [`Db`](super::Db), and the words all of them share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[cfg(feature = "sqlite")]
use super::sqlite::Sqlite;
use super::{DatabaseOptions, Dialect, RowSink, Statement};
use crate::Result;

/// An open database of one kind or another.
#[non_exhaustive]
pub(crate) enum Engine {
    #[cfg(feature = "sqlite")]
    Sqlite(Sqlite),
}

/// The name of a transaction, or of one nested in another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct LevelId(u64);

impl LevelId {
    /// A name that no other transaction of this program has.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        LevelId(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// The name of its savepoint.
    pub(crate) fn savepoint(self) -> String {
        format!("velocious_{}", self.0)
    }
}

/// How a transaction is begun.
#[derive(Clone, Copy)]
pub(crate) struct BeginOptions {
    /// How long to wait for the transactions of others; `None` for as long as any write waits.
    pub(crate) patience: Option<Duration>,
    /// Whether foreign keys are enforced in it.
    pub(crate) foreign_keys: bool,
}

impl Default for BeginOptions {
    fn default() -> Self {
        BeginOptions {
            patience: None,
            foreign_keys: true,
        }
    }
}

/// What a query brought: the sink it was given, and how many rows that has seen.
pub(crate) struct Fetched {
    pub(crate) sink: Box<dyn RowSink>,
    pub(crate) rows: usize,
}

/// Hands a call to the driver.
macro_rules! driver {
    ($engine:ident, $driver:ident => $call:expr) => {
        match *$engine {
            #[cfg(feature = "sqlite")]
            Engine::Sqlite(ref $driver) => $call,
        }
    };
}

impl Engine {
    pub(crate) async fn open(options: DatabaseOptions) -> Result<Self> {
        #[cfg(feature = "sqlite")]
        return Ok(Engine::Sqlite(Sqlite::open(options).await?));
        #[cfg(not(feature = "sqlite"))]
        return Err(crate::Error::message(format!(
            "cannot open {options:?}: no database is compiled in, so enable the feature `sqlite`"
        )));
    }

    pub(crate) fn dialect(&self) -> Dialect {
        driver!(self, _driver => Dialect::Sqlite)
    }

    /// Runs a statement and hands its rows to `sink`, in the transaction `level` if there is one.
    pub(crate) async fn fetch(
        &self,
        level: Option<LevelId>,
        statement: Statement,
        sink: Box<dyn RowSink>,
    ) -> Result<Fetched> {
        driver!(self, driver => driver.fetch(level, statement, sink).await)
    }

    /// Runs a statement for its effect; answers how many rows it changed.
    pub(crate) async fn execute(
        &self,
        level: Option<LevelId>,
        statement: Statement,
    ) -> Result<usize> {
        driver!(self, driver => driver.execute(level, statement).await)
    }

    /// Runs several statements without binds.
    pub(crate) async fn batch(&self, level: Option<LevelId>, sql: &str) -> Result<()> {
        driver!(self, driver => driver.batch(level, sql).await)
    }

    /// Begins the transaction `id`.
    pub(crate) async fn begin(&self, id: LevelId, options: BeginOptions) -> Result<()> {
        driver!(self, driver => driver.begin(id, options).await)
    }

    /// Begins the transaction `id` within the transaction `parent`.
    pub(crate) async fn nest(&self, parent: LevelId, id: LevelId) -> Result<()> {
        driver!(self, driver => driver.nest(parent, id).await)
    }

    /// Commits a transaction, or rolls it back.
    pub(crate) async fn end(&self, id: LevelId, commit: bool) -> Result<()> {
        driver!(self, driver => driver.end(id, commit).await)
    }

    /// Rolls back a transaction whose work was dropped before its end.
    pub(crate) fn abandon(&self, id: LevelId) {
        driver!(self, driver => driver.abandon(id));
    }

    /// Finishes what is queued and closes every connection.
    pub(crate) async fn close(&self) {
        driver!(self, driver => driver.close().await);
    }
}
