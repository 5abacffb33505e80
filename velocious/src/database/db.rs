//! [`Db`]: the handle through which everything reaches a database.

use std::fmt;
use std::sync::Arc;

use super::clock::Clock;
use super::current;
use super::engine::{Engine, Inserted, Level};
use super::raw_rows::RawRows;
use super::statement::StatementBuilder;
use super::verb::Verb;
use super::{DatabaseError, DatabaseErrorKind, DatabaseOptions, Dialect, RowSink, Statement};
use crate::Result;
use crate::value::{Value, ValueKind};

/// A database, or one transaction in it. Cheap to clone; can be sent to and shared by threads.
///
/// ```
/// use velocious::database::{DatabaseOptions, Db};
/// use velocious::value::{Value, ValueKind};
///
/// # async fn example() -> velocious::Result<()> {
/// let db = Db::open(DatabaseOptions::sqlite("db/development.sqlite3")).await?;
/// db.transaction(async |tx| {
///     tx.execute_sql("UPDATE accounts SET balance = balance - ? WHERE id = ?", [Value::BigInt(5), Value::BigInt(1)]).await?;
///     tx.execute_sql("UPDATE accounts SET balance = balance + ? WHERE id = ?", [Value::BigInt(5), Value::BigInt(2)]).await
/// })
/// .await?;
/// let rows = db.rows_sql("SELECT balance FROM accounts WHERE id = ?", [Value::BigInt(2)], &[ValueKind::BigInt]).await?;
/// assert_eq!(rows, [[Value::BigInt(5)]]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    /// The transaction this handle belongs to.
    level: Option<Level>,
}

impl Db {
    /// Opens a database.
    ///
    /// # Errors
    /// A [`DatabaseError`] that names the path and says what to do when it cannot be opened.
    pub async fn open(options: DatabaseOptions) -> Result<Db> {
        let engine = Arc::new(Engine::open(options).await?);
        Ok(Db {
            engine,
            level: None,
        })
    }

    /// Which SQL it speaks.
    pub fn dialect(&self) -> Dialect {
        self.engine.dialect()
    }

    /// Whether this is the handle of a transaction.
    pub fn is_in_transaction(&self) -> bool {
        self.transaction_level().is_some()
    }

    /// Runs a statement written by hand, in which each `?` takes the next of `binds`; answers how many rows it
    /// inserted, updated or deleted.
    ///
    /// # Errors
    /// A [`DatabaseError`] when the database refuses.
    pub async fn execute_sql(
        &self,
        sql: &str,
        binds: impl IntoIterator<Item = Value>,
    ) -> Result<usize> {
        self.execute(self.raw(sql, binds)).await
    }

    /// Runs a query written by hand, in which each `?` takes the next of `binds`; answers its rows, of which the
    /// columns are read as `columns` says.
    ///
    /// # Errors
    /// A [`DatabaseError`] when the database refuses, or a row has fewer columns or other types.
    pub async fn rows_sql(
        &self,
        sql: &str,
        binds: impl IntoIterator<Item = Value>,
        columns: &[ValueKind],
    ) -> Result<Vec<Vec<Value>>> {
        let sink = self
            .fetch(self.raw(sql, binds), RawRows::new(columns))
            .await?;
        Ok(RawRows::collected(sink))
    }

    /// Runs several statements, separated by `;`, without binds.
    ///
    /// They are not one transaction unless the text, or the handle, makes them one.
    ///
    /// # Errors
    /// A [`DatabaseError`] for the first statement that fails; those before it have taken effect.
    pub async fn batch(&self, sql: &str) -> Result<()> {
        // MySQL takes nothing at all for a mistake.
        if sql.trim().is_empty() {
            return Ok(());
        }
        self.refuse_self_deadlock()?;
        let clock = Clock::start(|| sql.to_owned());
        let done = self.engine.batch(self.level.as_ref(), sql).await;
        clock.stop(done.as_ref().ok().map(|()| 0));
        done
    }

    /// Runs `work` with a connection of its own: every statement in it goes over the same one, which is what settings
    /// of a session, locks by name and temporary tables need. Inside, [`Db::current`] is the handle that `work` is
    /// given. Where this is the handle of such a connection or of a transaction already, it is used again; on SQLite
    /// all handles share the connections there are.
    ///
    /// # Errors
    /// What `work` fails with, or a [`DatabaseError`] when no connection becomes free in time.
    pub async fn with_connection<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFnOnce(Db) -> Result<T>,
    {
        let mut pinned = Pinned {
            db: self.clone(),
            is_pinned: false,
        };
        if self.level.is_none() {
            self.refuse_self_deadlock()?;
            let mut level = Level::connection();
            pinned.is_pinned = self.engine.pin(&mut level).await?;
            if pinned.is_pinned {
                pinned.db.level = Some(level);
            }
        }
        let handle = pinned.db.clone();
        let outcome = current::within(handle.clone(), work(handle)).await;
        pinned.let_go().await;
        outcome
    }

    /// The database that the task at hand runs with: the handle of the innermost
    /// [`with_connection`](Self::with_connection) or [`transaction`](Self::transaction) around it, of the request or
    /// the job; else the fallback that [`ensure_global_connection`](Self::ensure_global_connection) has made.
    ///
    /// ```
    /// use velocious::Db;
    /// use velocious::database::DatabaseOptions;
    ///
    /// async fn depth() -> velocious::Result<bool> {
    ///     Ok(Db::current()?.is_in_transaction())
    /// }
    ///
    /// # async fn example() -> velocious::Result<()> {
    /// let db = Db::open(DatabaseOptions::sqlite(":memory:")).await?;
    /// assert!(depth().await.is_err());
    /// assert!(!db.with_connection(async |_| depth().await).await?);
    /// assert!(db.transaction(async |_| depth().await).await?);
    /// db.ensure_global_connection();
    /// assert!(!depth().await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When there is none.
    pub fn current() -> Result<Db> {
        current::current()
    }

    /// Makes this the fallback of [`Db::current`] for all of the program, unless there is one already, which is never
    /// replaced; gives back which one it is. Closing the database ends it.
    pub fn ensure_global_connection(&self) -> Db {
        let mut whole = self.clone();
        whole.level = None;
        current::ensure_fallback(&whole)
    }

    /// Finishes what is queued, then closes every connection. Any handle fails from then on.
    pub async fn close(&self) {
        current::forget_fallback(|fallback| Arc::ptr_eq(&fallback.engine, &self.engine));
        self.engine.close().await;
    }

    /// Runs a statement and hands its rows to `sink`, which comes back.
    pub(crate) async fn fetch(
        &self,
        statement: Statement,
        sink: Box<dyn RowSink>,
    ) -> Result<Box<dyn RowSink>> {
        refuse_transaction_control(&statement)?;
        self.refuse_self_deadlock()?;
        let clock = Clock::start(|| statement.sql());
        let fetched = self
            .engine
            .fetch(self.level.as_ref(), statement, sink)
            .await;
        clock.stop(fetched.as_ref().ok().map(|fetched| fetched.rows));
        fetched.map(|fetched| fetched.sink)
    }

    /// Runs an INSERT of one row and hands the row to `sink`, which comes back.
    pub(crate) async fn insert(
        &self,
        inserted: Inserted,
        sink: Box<dyn RowSink>,
    ) -> Result<Box<dyn RowSink>> {
        self.refuse_self_deadlock()?;
        let clock = Clock::start(|| inserted.statement.sql());
        let fetched = self
            .engine
            .insert(self.level.as_ref(), inserted, sink)
            .await;
        clock.stop(fetched.as_ref().ok().map(|fetched| fetched.rows));
        fetched.map(|fetched| fetched.sink)
    }

    /// Whether an INSERT gives back the row; MySQL, other than MariaDB, has to be asked for it.
    pub(crate) fn has_returning(&self) -> bool {
        self.engine.has_returning()
    }

    /// Runs a statement; answers how many rows it inserted, updated or deleted.
    pub(crate) async fn execute(&self, statement: Statement) -> Result<usize> {
        refuse_transaction_control(&statement)?;
        self.refuse_self_deadlock()?;
        let clock = Clock::start(|| statement.sql());
        let changed = self.engine.execute(self.level.as_ref(), statement).await;
        clock.stop(changed.as_ref().ok().copied());
        changed
    }

    /// Hands the rows of a statement to `sink` beside everything else, as fast as it takes them; `false` where they can
    /// only be fetched all at once.
    pub(super) fn stream_rows(
        &self,
        statement: &Statement,
        sink: Box<dyn RowSink>,
    ) -> Result<bool> {
        refuse_transaction_control(statement)?;
        self.refuse_self_deadlock()?;
        self.engine.stream(statement, sink)
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(super) fn level(&self) -> Option<&Level> {
        self.level.as_ref()
    }

    /// The level of this handle's transaction.
    pub(super) fn transaction_level(&self) -> Option<&Level> {
        self.level.as_ref().filter(|level| level.is_transaction())
    }

    /// Whether this handle keeps a connection, with or without a transaction.
    pub(super) fn is_pinned(&self) -> bool {
        self.level.is_some()
    }

    /// A handle of the same database at a level.
    pub(super) fn at(&self, level: Level) -> Db {
        Db {
            engine: self.engine.clone(),
            level: Some(level),
        }
    }

    /// Says at once what would else be said only after all the time that a connection may be waited for: that the
    /// connections are all held by the work that wants another one.
    pub(super) fn refuse_self_deadlock(&self) -> Result<()> {
        if self.level.is_some() {
            return Ok(());
        }
        let held = current::inspect(|stack| {
            let own = stack
                .iter()
                .filter(|db| Arc::ptr_eq(&db.engine, &self.engine));
            self.engine.held(own.filter_map(|db| db.level.as_ref()))
        });
        match held {
            Some((held, most)) if held >= most => Err(DatabaseError::new(
                DatabaseErrorKind::PoolExhausted,
                format!(
                    "this would wait for itself: all {most} connections (`max_connections`) are held by the work that asks for another one; inside of `transaction` and `with_connection`, use the handle that the closure is given"
                ),
            )
            .into()),
            _ => Ok(()),
        }
    }

    fn raw(&self, sql: &str, binds: impl IntoIterator<Item = Value>) -> Statement {
        let mut builder = StatementBuilder::new(self.dialect());
        builder.raw(sql, binds);
        builder.finish()
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db")
            .field("dialect", &self.dialect())
            .field("is_in_transaction", &self.is_in_transaction())
            .finish_non_exhaustive()
    }
}

/// A connection that is kept, and let go of when dropped.
struct Pinned {
    db: Db,
    is_pinned: bool,
}

impl Pinned {
    async fn let_go(mut self) {
        if !std::mem::take(&mut self.is_pinned) {
            return;
        }
        if let Some(level) = &self.db.level
            && let Err(error) = self.db.engine.end(level, true).await
        {
            tracing::debug!(%error, "a connection was not given back");
        }
    }
}

impl Drop for Pinned {
    fn drop(&mut self) {
        if let Some(level) = self.db.level.as_ref().filter(|_| self.is_pinned) {
            self.db.engine.abandon(level);
        }
    }
}

fn refuse_transaction_control(statement: &Statement) -> Result<()> {
    if statement.verb() != Verb::Transaction {
        return Ok(());
    }
    let text = "a transaction is not begun or ended by a statement: use `db.transaction(async |tx| { … }).await`";
    let error = DatabaseError::new(DatabaseErrorKind::Other, text);
    Err(error.with_sql(|| statement.sql()).into())
}
