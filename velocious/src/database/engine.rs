//! The drivers behind [`Db`](super::Db), and the words all of them share.

#[cfg(any(feature = "postgres", feature = "mysql"))]
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
use super::options::Location;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use super::remote::{Remote, Session};
#[cfg(feature = "sqlite")]
use super::sqlite::Sqlite;
use super::transaction::Hooks;
use super::{DatabaseOptions, Dialect, RowSink, Statement};
use crate::Result;

/// An open database of one kind or another.
#[non_exhaustive]
pub(crate) enum Engine {
    #[cfg(feature = "sqlite")]
    Sqlite(Sqlite),
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    Remote(Remote),
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

/// A transaction, or one nested in another, or a connection that is kept, as the driver knows it.
#[derive(Clone)]
pub(crate) struct Level {
    id: LevelId,
    is_transaction: bool,
    hooks: Hooks,
    /// Its connection; `None` on SQLite, where the one that writes knows its transaction.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    session: Option<Arc<Session>>,
}

impl Level {
    /// A transaction that has not begun.
    pub(crate) fn transaction() -> Self {
        Self::new(true)
    }

    /// A connection that is not kept yet.
    pub(crate) fn connection() -> Self {
        Self::new(false)
    }

    fn new(is_transaction: bool) -> Self {
        Level {
            id: LevelId::new(),
            is_transaction,
            hooks: Hooks::default(),
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            session: None,
        }
    }

    pub(crate) fn id(&self) -> LevelId {
        self.id
    }

    /// What is to be run after it.
    pub(crate) fn hooks(&self) -> &Hooks {
        &self.hooks
    }

    /// Whether there is a transaction, and not only a connection.
    pub(crate) fn is_transaction(&self) -> bool {
        self.is_transaction
    }

    #[cfg(any(feature = "postgres", feature = "mysql"))]
    pub(crate) fn session(&self) -> Option<&Arc<Session>> {
        self.session.as_ref()
    }
}

/// A turn among the transactions that may be run again, over when dropped.
#[derive(Default)]
pub(crate) struct Turn {
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    _held: Option<super::remote::Turn>,
}

/// How a transaction is begun.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(all(feature = "sqlite", any(feature = "postgres", feature = "mysql"))),
    expect(dead_code, reason = "some are for other databases")
)]
pub(crate) struct BeginOptions {
    /// How long SQLite waits for the transactions of others; `None` for as long as any write waits.
    pub(crate) patience: Option<Duration>,
    /// Whether SQLite enforces foreign keys in it.
    pub(crate) foreign_keys: bool,
    /// What it sees of others; `None` for what the database does by itself.
    pub(crate) isolation: Option<Isolation>,
    /// Whether it refuses to write.
    pub(crate) read_only: bool,
}

impl Default for BeginOptions {
    fn default() -> Self {
        BeginOptions {
            patience: None,
            foreign_keys: true,
            isolation: None,
            read_only: false,
        }
    }
}

/// What a transaction sees of those that run beside it. SQLite's are always serializable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Isolation {
    /// Each statement sees what was committed before it.
    ReadCommitted,
    /// Every statement sees what was committed before the first one.
    RepeatableRead,
    /// As if no other transaction ran at the same time; one that cannot be given this fails and can be run again.
    Serializable,
}

/// An INSERT of one row, and how the row is read where the INSERT cannot give it back.
pub(crate) struct Inserted {
    pub(crate) statement: Statement,
    #[cfg_attr(
        not(any(feature = "postgres", feature = "mysql")),
        expect(dead_code, reason = "SQLite gives back what it inserts")
    )]
    pub(crate) read_back: Option<Statement>,
}

impl From<Statement> for Inserted {
    /// An INSERT that gives the row back.
    fn from(statement: Statement) -> Self {
        Inserted {
            statement,
            read_back: None,
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
    ($engine:ident, $sqlite:ident => $local:expr, $remote:ident => $distant:expr) => {
        match *$engine {
            #[cfg(feature = "sqlite")]
            Engine::Sqlite(ref $sqlite) => $local,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Engine::Remote(ref $remote) => $distant,
        }
    };
}

impl Engine {
    pub(crate) async fn open(options: DatabaseOptions) -> Result<Self> {
        match &options.location {
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Location::Server(_) => Ok(Engine::Remote(Remote::open(options).await?)),
            #[cfg(feature = "sqlite")]
            Location::Memory | Location::File(_) => {
                Ok(Engine::Sqlite(Sqlite::open(options).await?))
            }
            #[cfg(all(feature = "sqlite", target_family = "wasm"))]
            Location::Opfs(_) => Ok(Engine::Sqlite(Sqlite::open(options).await?)),
            #[cfg_attr(
                all(feature = "sqlite", any(feature = "postgres", feature = "mysql")),
                expect(unreachable_patterns, reason = "reached without the driver")
            )]
            _ => Err(crate::Error::message(format!(
                "the driver for {} is not compiled in: enable the feature `{}` in Cargo.toml",
                options.dialect().name(),
                match options.dialect() {
                    Dialect::Sqlite => "sqlite",
                    Dialect::Postgres => "postgres",
                    Dialect::Mysql => "mysql",
                }
            ))),
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        driver!(self, _sqlite => Dialect::Sqlite, remote => remote.dialect())
    }

    /// Whether an INSERT can give back the row.
    pub(crate) fn has_returning(&self) -> bool {
        driver!(self, _sqlite => true, remote => remote.has_returning())
    }

    /// Runs a statement and hands its rows to `sink`, in the transaction `level` if there is one.
    pub(crate) async fn fetch(
        &self,
        level: Option<&Level>,
        statement: Statement,
        sink: Box<dyn RowSink>,
    ) -> Result<Fetched> {
        driver!(
            self,
            sqlite => sqlite.fetch(level.map(Level::id), statement, sink).await,
            remote => remote.fetch(level, statement, sink).await
        )
    }

    /// Runs a statement for its effect; answers how many rows it changed.
    pub(crate) async fn execute(
        &self,
        level: Option<&Level>,
        statement: Statement,
    ) -> Result<usize> {
        driver!(
            self,
            sqlite => sqlite.execute(level.map(Level::id), statement).await,
            remote => remote.execute(level, statement).await
        )
    }

    /// Runs an INSERT and hands its row to `sink`.
    pub(crate) async fn insert(
        &self,
        level: Option<&Level>,
        inserted: Inserted,
        sink: Box<dyn RowSink>,
    ) -> Result<Fetched> {
        driver!(
            self,
            sqlite => sqlite.fetch(level.map(Level::id), inserted.statement, sink).await,
            remote => remote.insert(level, inserted, sink).await
        )
    }

    /// Runs several statements without binds.
    pub(crate) async fn batch(&self, level: Option<&Level>, sql: &str) -> Result<()> {
        driver!(
            self,
            sqlite => sqlite.batch(level.map(Level::id), sql).await,
            remote => remote.batch(level, sql).await
        )
    }

    /// Begins the transaction `level`.
    pub(crate) async fn begin(&self, level: &mut Level, options: BeginOptions) -> Result<()> {
        driver!(
            self,
            sqlite => sqlite.begin(level.id, options).await,
            remote => {
                level.session = Some(remote.begin(level.id, options).await?);
                Ok(())
            }
        )
    }

    /// Begins the transaction `level` within the transaction `parent`.
    pub(crate) async fn nest(
        &self,
        parent: &Level,
        level: &mut Level,
        options: BeginOptions,
    ) -> Result<()> {
        driver!(
            self,
            sqlite => {
                let _ = options;
                sqlite.nest(parent.id, level.id).await
            },
            _remote => {
                let session = parent.session.clone().ok_or(crate::error::TransactionOver)?;
                level.session = Some(session.clone());
                session.nest(parent.id, level.id, options).await
            }
        )
    }

    /// Keeps a connection for `level`, without a transaction; `false` where there is nothing to keep.
    pub(crate) async fn pin(&self, level: &mut Level) -> Result<bool> {
        driver!(
            self,
            _sqlite => {
                let _ = level;
                Ok(false)
            },
            remote => {
                level.session = Some(remote.pin(level.id).await?);
                Ok(true)
            }
        )
    }

    /// Commits a transaction, or rolls it back; lets go of a connection.
    pub(crate) async fn end(&self, level: &Level, commit: bool) -> Result<()> {
        driver!(
            self,
            sqlite => sqlite.end(level.id, commit).await,
            _remote => match &level.session {
                Some(session) => session.end(level.id, commit).await,
                None => Err(crate::error::TransactionOver.into()),
            }
        )
    }

    /// Rolls back a transaction whose work was dropped before its end.
    pub(crate) fn abandon(&self, level: &Level) {
        driver!(
            self,
            sqlite => sqlite.abandon(level.id),
            _remote => if let Some(session) = &level.session {
                session.abandon(level.id);
            }
        );
    }

    /// Lets some time pass before a transaction is tried again. SQLite has waited for its turn already.
    pub(crate) async fn pause(&self, time: Duration) {
        driver!(
            self,
            _sqlite => {
                let _ = time;
            },
            _remote => tokio::time::sleep(time).await
        );
    }

    /// Waits for a turn among the transactions that may be run again: beside the others, or alone. SQLite's are alone
    /// anyway.
    pub(crate) async fn turn(&self, is_alone: bool) -> Turn {
        driver!(
            self,
            _sqlite => {
                let _ = is_alone;
                Turn::default()
            },
            remote => Turn {
                _held: remote.turn(is_alone).await,
            }
        )
    }

    /// How many of the connections there may be are held by the handles in `held`; both, where there is a maximum.
    pub(crate) fn held<'a>(&self, held: impl Iterator<Item = &'a Level>) -> Option<(usize, usize)> {
        driver!(
            self,
            _sqlite => {
                let _ = held;
                None
            },
            remote => {
                let mut sessions: Vec<&Arc<Session>> = Vec::new();
                for session in held.filter_map(Level::session) {
                    if !sessions.iter().any(|known| Arc::ptr_eq(known, session)) {
                        sessions.push(session);
                    }
                }
                Some((sessions.len(), remote.max_connections()))
            }
        )
    }

    /// Hands the rows of a statement to `sink` beside everything else, as fast as it takes them; `false` where they
    /// can only be fetched all at once.
    pub(crate) fn stream(&self, statement: &Statement, sink: Box<dyn RowSink>) -> Result<bool> {
        driver!(
            self,
            sqlite => sqlite.stream(statement, sink),
            remote => remote.stream(statement, sink).map(|()| true)
        )
    }

    /// Finishes what is queued and closes every connection.
    pub(crate) async fn close(&self) {
        driver!(self, sqlite => sqlite.close().await, remote => remote.close().await);
    }
}
