//! What the databases at the other end of a network connection share.
//!
//! * [`Remote`]: such a database, as the engine sees it.
//! * `pool`: its connections, and who may use one; `queue`: the rules of that; `lease`: one in use, which knows whether
//!   it can be used again.
//! * `create`: whole databases.
//! * `session`: a connection pinned to a transaction, or to a piece of work.
//! * `wire`: one connection of either kind; `rows`: how its rows reach a sink.

mod create;
mod lease;
mod pool;
mod queue;
pub(super) mod rows;
mod session;
mod wire;

use std::sync::Arc;

use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

pub(super) use self::create::drop_database;
use self::pool::Pool;
pub(super) use self::rows::each_row;
pub(crate) use self::session::Session;
use super::engine::{BeginOptions, Fetched, Inserted, Level, LevelId};
use super::{DatabaseError, DatabaseErrorKind, DatabaseOptions, Dialect, RowSink, Statement};
use crate::Result;

/// The most prepared statements a connection keeps. diesel never forgets one, so all are forgotten at this number.
pub(super) const CACHED_STATEMENTS: usize = 400;

/// Why a statement or a step of a transaction failed.
pub(super) type Outcome<T> = std::result::Result<T, DatabaseError>;

/// Where a statement runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Each statement is a transaction by itself.
    Alone,
    /// In a transaction.
    Transaction,
}

/// A turn among the transactions that may be run again.
pub(crate) enum Turn {
    Shared { _held: OwnedRwLockReadGuard<()> },
    Alone { _held: OwnedRwLockWriteGuard<()> },
}

/// A database on a server.
pub(crate) struct Remote {
    pool: Arc<Pool>,
    turns: Arc<RwLock<()>>,
    dialect: Dialect,
    has_returning: bool,
}

impl Remote {
    /// Connects once, to see whether that works and which server it is.
    pub(crate) async fn open(options: DatabaseOptions) -> Result<Self> {
        let dialect = options.dialect();
        let pool = Arc::new(Pool::new(options));
        let lease = match pool.checkout().await {
            Err(error)
                if error.kind() == DatabaseErrorKind::NoDatabase && pool.options().create =>
            {
                create::create_database(pool.options()).await?;
                pool.forget_failure();
                pool.checkout().await?
            }
            lease => lease?,
        };
        Ok(Remote {
            dialect,
            has_returning: lease.has_returning(),
            pool,
            turns: Arc::default(),
        })
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Whether an INSERT can give back the row.
    pub(crate) fn has_returning(&self) -> bool {
        self.has_returning
    }

    /// Runs a statement and hands its rows to `sink`, in the transaction `level` if there is one.
    pub(crate) async fn fetch(
        &self,
        level: Option<&Level>,
        statement: Statement,
        sink: Box<dyn RowSink>,
    ) -> Result<Fetched> {
        match session(level)? {
            Some((id, session)) => session.fetch(id, statement, sink).await,
            None => {
                let mut lease = self.pool.checkout().await?;
                Ok(lease.fetch(&statement, sink, Place::Alone).await?)
            }
        }
    }

    /// Runs a statement for its effect; answers how many rows it changed.
    pub(crate) async fn execute(
        &self,
        level: Option<&Level>,
        statement: Statement,
    ) -> Result<usize> {
        match session(level)? {
            Some((id, session)) => session.execute(id, statement).await,
            None => {
                let mut lease = self.pool.checkout().await?;
                Ok(lease.execute(&statement, Place::Alone).await?)
            }
        }
    }

    /// Runs an INSERT, then reads its row on the same connection.
    pub(crate) async fn insert(
        &self,
        level: Option<&Level>,
        inserted: Inserted,
        sink: Box<dyn RowSink>,
    ) -> Result<Fetched> {
        let Some(read_back) = inserted.read_back else {
            return self.fetch(level, inserted.statement, sink).await;
        };
        match session(level)? {
            Some((id, session)) => {
                session
                    .insert(id, inserted.statement, read_back, sink)
                    .await
            }
            None => {
                let mut lease = self.pool.checkout().await?;
                lease.execute(&inserted.statement, Place::Alone).await?;
                Ok(lease.fetch(&read_back, sink, Place::Alone).await?)
            }
        }
    }

    /// Runs several statements without binds.
    pub(crate) async fn batch(&self, level: Option<&Level>, sql: &str) -> Result<()> {
        match session(level)? {
            Some((id, session)) => session.batch(id, sql).await,
            None => {
                let mut lease = self.pool.checkout().await?;
                Ok(lease.batch(sql).await?)
            }
        }
    }

    /// Waits for a turn, but not longer than for a connection: who runs a transaction beside the one that waits, and
    /// waits for it, would else wait forever. It only is a courtesy.
    pub(crate) async fn turn(&self, is_alone: bool) -> Option<Turn> {
        let turns = self.turns.clone();
        let turn = async {
            match is_alone {
                false => Turn::Shared {
                    _held: turns.read_owned().await,
                },
                true => Turn::Alone {
                    _held: turns.write_owned().await,
                },
            }
        };
        let patience = self.pool.options().checkout_timeout;
        tokio::time::timeout(patience, turn).await.ok()
    }

    /// The most connections there may be.
    pub(crate) fn max_connections(&self) -> usize {
        self.pool.options().max_connections
    }

    /// Hands the rows of a statement to `sink` from a task of its own, as fast as the sink takes them.
    pub(crate) fn stream(&self, statement: &Statement, sink: Box<dyn RowSink>) -> Result<()> {
        let runtime = tokio::runtime::Handle::try_current().map_err(|_| pool::no_runtime())?;
        let (pool, statement) = (self.pool.clone(), statement.clone());
        runtime.spawn(async move {
            let mut sink = sink;
            let outcome = match pool.checkout().await {
                Ok(mut lease) => lease.stream(&statement, &mut *sink).await,
                Err(error) => Err(error),
            };
            sink.finish(outcome);
        });
        Ok(())
    }

    /// Runs a piece of work with diesel-async's own connection.
    #[cfg(feature = "postgres")]
    pub(crate) async fn diesel_postgres<T>(
        &self,
        level: Option<&Level>,
        work: impl AsyncFnOnce(&mut diesel_async::AsyncPgConnection) -> diesel::QueryResult<T>,
    ) -> Result<T> {
        match session(level)? {
            Some((id, session)) => session.diesel_postgres(id, work).await,
            None => {
                let mut lease = self.pool.checkout().await?;
                Ok(lease.diesel_postgres(work).await?)
            }
        }
    }

    /// Runs a piece of work with diesel-async's own connection.
    #[cfg(feature = "mysql")]
    pub(crate) async fn diesel_mysql<T>(
        &self,
        level: Option<&Level>,
        work: impl AsyncFnOnce(&mut diesel_async::AsyncMysqlConnection) -> diesel::QueryResult<T>,
    ) -> Result<T> {
        match session(level)? {
            Some((id, session)) => session.diesel_mysql(id, work).await,
            None => {
                let mut lease = self.pool.checkout().await?;
                Ok(lease.diesel_mysql(work).await?)
            }
        }
    }

    /// Begins the transaction `id`.
    pub(crate) async fn begin(&self, id: LevelId, options: BeginOptions) -> Result<Arc<Session>> {
        let lease = self.pool.checkout().await?;
        Ok(Arc::new(
            Session::begin(lease, id, options, self.dialect).await?,
        ))
    }

    /// Takes a connection for the handle `id`, which keeps it.
    pub(crate) async fn pin(&self, id: LevelId) -> Result<Arc<Session>> {
        let lease = self.pool.checkout().await?;
        Ok(Arc::new(Session::pin(lease, id, self.dialect)))
    }

    /// Closes every connection: those at work when they are done.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}

/// The connection that a handle's statements go to.
fn session(level: Option<&Level>) -> Result<Option<(LevelId, &Arc<Session>)>> {
    match level {
        None => Ok(None),
        Some(level) => match level.session() {
            Some(session) => Ok(Some((level.id(), session))),
            // Only of a transaction that has not begun, which nobody has a handle of.
            None => Err(crate::error::TransactionOver.into()),
        },
    }
}
