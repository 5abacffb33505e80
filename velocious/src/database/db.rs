//! [`Db`]: the handle through which everything reaches a database.

use std::fmt;
use std::sync::Arc;

use super::clock::Clock;
use super::engine::{BeginOptions, Engine, LevelId};
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
    level: Option<LevelId>,
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
        self.level.is_some()
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
        let clock = Clock::start(|| sql.to_owned());
        let done = self.engine.batch(self.level, sql).await;
        clock.stop(done.as_ref().ok().map(|()| 0));
        done
    }

    /// Runs `work` in a transaction: committed when it answers `Ok`, rolled back when it answers `Err`, panics or is
    /// dropped before it has ended. Everything in it has to go through the handle `work` is given.
    ///
    /// In a transaction already, it is one within it (a savepoint), which can fail alone.
    ///
    /// On SQLite a transaction is the only one that writes while it lasts: keep it short.
    ///
    /// # Errors
    /// What `work` fails with, or a [`DatabaseError`] when the transaction cannot begin in time or not commit.
    pub async fn transaction<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFnOnce(Db) -> Result<T>,
    {
        self.transaction_with(BeginOptions::default(), work).await
    }

    /// The same, begun in a special way.
    pub(crate) async fn transaction_with<T, F>(&self, options: BeginOptions, work: F) -> Result<T>
    where
        F: AsyncFnOnce(Db) -> Result<T>,
    {
        let transaction = Transaction::begin(self, options).await?;
        let outcome = work(transaction.handle()).await;
        let ended = transaction.end(outcome.is_ok()).await;
        // When both fail, the first reason is the one to know.
        let value = outcome?;
        ended.map(|()| value)
    }

    /// Finishes what is queued, then closes every connection. Any handle fails from then on.
    pub async fn close(&self) {
        self.engine.close().await;
    }

    /// Runs a statement and hands its rows to `sink`, which comes back.
    pub(crate) async fn fetch(
        &self,
        statement: Statement,
        sink: Box<dyn RowSink>,
    ) -> Result<Box<dyn RowSink>> {
        refuse_transaction_control(&statement)?;
        let clock = Clock::start(|| statement.sql());
        let fetched = self.engine.fetch(self.level, statement, sink).await;
        clock.stop(fetched.as_ref().ok().map(|fetched| fetched.rows));
        fetched.map(|fetched| fetched.sink)
    }

    /// Runs a statement; answers how many rows it inserted, updated or deleted.
    pub(crate) async fn execute(&self, statement: Statement) -> Result<usize> {
        refuse_transaction_control(&statement)?;
        let clock = Clock::start(|| statement.sql());
        let changed = self.engine.execute(self.level, statement).await;
        clock.stop(changed.as_ref().ok().copied());
        changed
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

/// An open transaction, rolled back when dropped before its end.
struct Transaction {
    db: Db,
    id: LevelId,
    is_ended: bool,
}

impl Transaction {
    async fn begin(db: &Db, options: BeginOptions) -> Result<Self> {
        // Made first: dropping it undoes a beginning that nobody waits for any more.
        let transaction = Transaction {
            db: db.clone(),
            id: LevelId::new(),
            is_ended: false,
        };
        match db.level {
            None => db.engine.begin(transaction.id, options).await?,
            Some(parent) => db.engine.nest(parent, transaction.id).await?,
        }
        Ok(transaction)
    }

    fn handle(&self) -> Db {
        Db {
            engine: self.db.engine.clone(),
            level: Some(self.id),
        }
    }

    async fn end(mut self, commit: bool) -> Result<()> {
        self.is_ended = true;
        self.db.engine.end(self.id, commit).await
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if !self.is_ended {
            self.db.engine.abandon(self.id);
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
