//! A connection pinned to a transaction, with those nested in it, or to a piece of work that has it for itself.
//!
//! Handles that point to a session can be kept longer than it lasts, and be used from several tasks at once: one
//! statement runs at a time, and only for a level that is still open.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::lease::{Lease, lost};
use super::{Outcome, Place};
use crate::database::engine::{BeginOptions, Fetched, Isolation, LevelId};
use crate::database::verb::Verb;
use crate::database::{DatabaseError, DatabaseErrorKind, Dialect, RowSink, Statement};
use crate::error::TransactionOver;
use crate::{Error, Result};

/// A pinned connection.
pub(crate) struct Session {
    /// Held by whoever runs a statement; `None` when the session is over.
    lease: tokio::sync::Mutex<Option<Lease>>,
    book: Mutex<Book>,
    dialect: Dialect,
}

/// What is open on the connection.
struct Book {
    /// Outermost first.
    levels: Vec<Level>,
    failure: Option<Failure>,
    /// What undoes a level that was dropped, to be run before anything else.
    undo: Option<String>,
}

#[derive(Clone, Copy)]
struct Level {
    id: LevelId,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Only the connection is kept.
    Connection,
    Transaction,
    Savepoint,
}

/// Why no more statements can be run.
#[derive(Clone)]
enum Failure {
    /// The database takes nothing more until the level at this depth, and what is nested in it, is rolled back.
    Aborted(usize, DatabaseErrorKind),
    /// The connection is gone.
    Lost(DatabaseError),
}

impl Session {
    /// Begins a transaction.
    pub(super) async fn begin(
        mut lease: Lease,
        id: LevelId,
        options: BeginOptions,
        dialect: Dialect,
    ) -> Outcome<Self> {
        lease.begin(&begin(dialect, options)).await?;
        Ok(Self::new(lease, id, Kind::Transaction, dialect))
    }

    /// Keeps a connection.
    pub(super) fn pin(lease: Lease, id: LevelId, dialect: Dialect) -> Self {
        Self::new(lease, id, Kind::Connection, dialect)
    }

    fn new(lease: Lease, id: LevelId, kind: Kind, dialect: Dialect) -> Self {
        Session {
            lease: tokio::sync::Mutex::new(Some(lease)),
            book: Mutex::new(Book {
                levels: vec![Level { id, kind }],
                failure: None,
                undo: None,
            }),
            dialect,
        }
    }

    /// Runs a statement in it and hands its rows to `sink`.
    pub(super) async fn fetch(
        &self,
        level: LevelId,
        statement: Statement,
        sink: Box<dyn RowSink>,
    ) -> Result<Fetched> {
        let mut turn = self.turn(level).await?;
        turn.refuse_implicit_commit(&statement.sql())?;
        let place = turn.place();
        let outcome = turn.lease()?.fetch(&statement, sink, place).await;
        turn.end(outcome, is_guarded(&statement))
    }

    /// Runs a statement in it for its effect.
    pub(super) async fn execute(&self, level: LevelId, statement: Statement) -> Result<usize> {
        let mut turn = self.turn(level).await?;
        turn.refuse_implicit_commit(&statement.sql())?;
        let place = turn.place();
        let outcome = turn.lease()?.execute(&statement, place).await;
        turn.end(outcome, is_guarded(&statement))
    }

    /// Runs an INSERT in it, then reads its row.
    pub(super) async fn insert(
        &self,
        level: LevelId,
        insert: Statement,
        read_back: Statement,
        sink: Box<dyn RowSink>,
    ) -> Result<Fetched> {
        let mut turn = self.turn(level).await?;
        let place = turn.place();
        let inserted = turn.lease()?.execute(&insert, place).await;
        let outcome = match inserted {
            Ok(_) => turn.lease()?.fetch(&read_back, sink, place).await,
            Err(error) => Err(error),
        };
        turn.end(outcome, is_guarded(&insert))
    }

    /// Runs several statements in it.
    pub(super) async fn batch(&self, level: LevelId, sql: &str) -> Result<()> {
        let mut turn = self.turn(level).await?;
        turn.refuse_implicit_commit(sql)?;
        let outcome = turn.lease()?.batch(sql).await;
        turn.end(outcome, false)
    }

    /// Runs a piece of work in it with diesel-async's own connection.
    #[cfg(feature = "postgres")]
    pub(super) async fn diesel_postgres<T>(
        &self,
        level: LevelId,
        work: impl AsyncFnOnce(&mut diesel_async::AsyncPgConnection) -> diesel::QueryResult<T>,
    ) -> Result<T> {
        let mut turn = self.turn(level).await?;
        let outcome = turn.lease()?.diesel_postgres(work).await;
        turn.end(outcome, false)
    }

    /// Runs a piece of work in it with diesel-async's own connection.
    #[cfg(feature = "mysql")]
    pub(super) async fn diesel_mysql<T>(
        &self,
        level: LevelId,
        work: impl AsyncFnOnce(&mut diesel_async::AsyncMysqlConnection) -> diesel::QueryResult<T>,
    ) -> Result<T> {
        let mut turn = self.turn(level).await?;
        let outcome = turn.lease()?.diesel_mysql(work).await;
        turn.end(outcome, false)
    }

    /// Begins a transaction within the innermost level, which has to be `parent`.
    pub(crate) async fn nest(
        &self,
        parent: LevelId,
        id: LevelId,
        options: BeginOptions,
    ) -> Result<()> {
        let mut turn = self.turn(parent).await?;
        let innermost = turn.book().levels.last().copied();
        let Some(innermost) = innermost.filter(|level| level.id == parent) else {
            return Err(Error::message(
                "two transactions within one may not overlap: await the first before beginning the second",
            ));
        };
        let (kind, begun) = match innermost.kind {
            Kind::Connection => {
                let sql = begin(self.dialect, options);
                (Kind::Transaction, turn.lease()?.begin(&sql).await)
            }
            Kind::Transaction | Kind::Savepoint => {
                let sql = format!("SAVEPOINT {}", id.savepoint());
                (Kind::Savepoint, turn.lease()?.step(&sql).await)
            }
        };
        turn.end(begun, false)?;
        turn.book().levels.push(Level { id, kind });
        Ok(())
    }

    /// Ends the level `id` and what is nested in it.
    pub(crate) async fn end(&self, id: LevelId, commit: bool) -> Result<()> {
        let mut turn = Turn {
            session: self,
            lease: self.lease.lock().await,
        };
        let depth = turn.book().depth(id).ok_or(TransactionOver)?;
        turn.undo_dropped().await?;
        let failure = turn.book().failure.clone();
        let outcome = match failure {
            Some(Failure::Lost(error)) => match commit {
                true => Err(error),
                false => Ok(()),
            },
            // What cannot be committed is rolled back, whatever was asked for; within that, nothing can be run.
            Some(Failure::Aborted(at, kind)) => {
                let undone = match at < depth {
                    true => Ok(()),
                    false => turn.close_level(depth, false).await,
                };
                match commit {
                    true => undone.and(Err(rolled_back(kind))),
                    false => undone,
                }
            }
            None => turn.close_level(depth, commit).await,
        };
        turn.leave(depth);
        Ok(outcome?)
    }

    /// Gives up the level `id`, whose work was dropped before its end.
    pub(crate) fn abandon(&self, id: LevelId) {
        let is_over = self.book().abandon(id);
        // Whoever holds the lock sees that it is over when their statement has ended.
        if is_over && let Ok(mut lease) = self.lease.try_lock() {
            drop(lease.take());
        }
    }

    /// Waits until no other statement runs on the connection.
    async fn turn(&self, level: LevelId) -> Result<Turn<'_>> {
        self.book().check(level)?;
        let mut turn = Turn {
            session: self,
            lease: self.lease.lock().await,
        };
        turn.undo_dropped().await?;
        self.book().check(level)?;
        Ok(turn)
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to run a statement.
struct Turn<'a> {
    session: &'a Session,
    lease: tokio::sync::MutexGuard<'a, Option<Lease>>,
}

impl Turn<'_> {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.session.book()
    }

    fn lease(&mut self) -> Outcome<&mut Lease> {
        self.lease.as_mut().ok_or_else(lost)
    }

    fn place(&self) -> Place {
        match self.book().is_in_transaction() {
            true => Place::Transaction,
            false => Place::Alone,
        }
    }

    /// Undoes what was dropped before it had ended.
    async fn undo_dropped(&mut self) -> Outcome<()> {
        if self.lease.as_ref().is_some_and(Lease::is_unusable) {
            self.lease.take();
            self.book().failure = Some(Failure::Lost(lost()));
        }
        let Some(sql) = self.book().undo.take() else {
            return Ok(());
        };
        let is_whole = sql == ROLLBACK;
        let outcome = match (self.lease(), is_whole) {
            (Ok(lease), true) => lease.finish(&sql).await,
            (Ok(lease), false) => lease.step(&sql).await,
            (Err(error), _) => Err(error),
        };
        self.note(&outcome, true);
        outcome
    }

    /// Remembers what a failure means for the statements after it.
    fn end<T>(&mut self, outcome: Outcome<T>, is_guarded: bool) -> Result<T> {
        self.note(&outcome, is_guarded);
        Ok(outcome?)
    }

    fn note<T>(&mut self, outcome: &Outcome<T>, is_guarded: bool) {
        let Err(error) = outcome else {
            return;
        };
        let dialect = self.session.dialect;
        let mut book = self.session.book();
        match (error.kind(), dialect) {
            (DatabaseErrorKind::ConnectionLost, _) => {
                book.failure = Some(Failure::Lost(error.clone()));
            }
            // MySQL has rolled all of it back, and would run what follows outside of any transaction.
            (
                kind @ (DatabaseErrorKind::Deadlock | DatabaseErrorKind::SerializationFailure),
                Dialect::Mysql,
            ) => {
                let outermost = |level: &Level| level.kind == Kind::Transaction;
                if let Some(at) = book.levels.iter().position(outermost) {
                    book.failure = Some(Failure::Aborted(at, kind));
                }
            }
            (kind, Dialect::Postgres) if book.is_in_transaction() && !is_guarded => {
                let innermost = book.levels.len().saturating_sub(1);
                book.failure = Some(Failure::Aborted(innermost, kind));
            }
            _ => {}
        }
    }

    /// MySQL would commit the transaction without a word.
    fn refuse_implicit_commit(&self, sql: &str) -> Result<()> {
        #[cfg(feature = "mysql")]
        if self.session.dialect == Dialect::Mysql
            && self.book().is_in_transaction()
            && sql
                .split(';')
                .any(crate::database::mysql::commits_implicitly)
        {
            let text = "MySQL commits a transaction before it changes the schema: run this statement outside of `transaction`";
            return Err(DatabaseError::new(DatabaseErrorKind::Other, text)
                .with_sql(|| sql.to_owned())
                .into());
        }
        let _ = sql;
        Ok(())
    }

    /// Commits the level at `depth`, or rolls it back.
    async fn close_level(&mut self, depth: usize, commit: bool) -> Outcome<()> {
        let (level, unfinished) = {
            let book = self.book();
            (
                book.levels.get(depth).copied(),
                book.levels.get(depth + 1).copied(),
            )
        };
        let Some(level) = level else {
            return Ok(());
        };
        // What nobody has ended within a transaction is not committed with it.
        if let Some(unfinished) = unfinished.filter(|_| commit) {
            let sql = undo(unfinished);
            match unfinished.kind {
                Kind::Transaction => self.lease()?.finish(&sql).await?,
                _ => self.lease()?.step(&sql).await?,
            }
        }
        match (level.kind, commit) {
            (Kind::Connection, true) => Ok(()),
            (Kind::Connection, false) => match unfinished {
                Some(_) => self.lease()?.finish(ROLLBACK).await,
                None => Ok(()),
            },
            (Kind::Transaction, true) => self.lease()?.finish("COMMIT").await,
            (Kind::Transaction, false) => self.lease()?.finish(ROLLBACK).await,
            (Kind::Savepoint, true) => {
                let sql = format!("RELEASE SAVEPOINT {}", level.id.savepoint());
                self.lease()?.step(&sql).await
            }
            (Kind::Savepoint, false) => self.lease()?.step(&undo(level)).await,
        }
    }

    /// Forgets the level at `depth` and those within it; the outermost one gives the connection back.
    fn leave(&mut self, depth: usize) {
        let is_over = {
            let mut book = self.session.book();
            book.levels.truncate(depth);
            if matches!(book.failure, Some(Failure::Aborted(at, _)) if at >= depth) {
                book.failure = None;
            }
            book.levels.is_empty()
        };
        if is_over {
            self.lease.take();
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.session.book().levels.is_empty() {
            self.lease.take();
        }
    }
}

const ROLLBACK: &str = "ROLLBACK";

impl Book {
    fn depth(&self, id: LevelId) -> Option<usize> {
        self.levels.iter().position(|level| level.id == id)
    }

    fn is_in_transaction(&self) -> bool {
        self.levels
            .iter()
            .any(|level| level.kind != Kind::Connection)
    }

    fn check(&self, level: LevelId) -> Result<()> {
        if self.depth(level).is_none() {
            return Err(TransactionOver.into());
        }
        match &self.failure {
            Some(Failure::Lost(error)) => Err(error.clone().into()),
            Some(Failure::Aborted(_, kind)) => Err(rolled_back(*kind).into()),
            None => Ok(()),
        }
    }

    /// Closes a level that was dropped; answers whether that was the last one.
    fn abandon(&mut self, id: LevelId) -> bool {
        let Some(depth) = self.depth(id) else {
            return false;
        };
        if depth > 0 {
            self.undo = Some(undo(self.levels[depth]));
        }
        if matches!(self.failure, Some(Failure::Aborted(at, _)) if at >= depth) {
            self.failure = None;
        }
        self.levels.truncate(depth);
        self.levels.is_empty()
    }
}

/// What undoes a level and keeps what is around it.
fn undo(level: Level) -> String {
    match level.kind {
        Kind::Connection | Kind::Transaction => ROLLBACK.to_owned(),
        Kind::Savepoint => {
            let name = level.id.savepoint();
            format!("ROLLBACK TO SAVEPOINT {name}; RELEASE SAVEPOINT {name}")
        }
    }
}

/// Whether a statement that fails leaves the transaction as it was, on every database.
fn is_guarded(statement: &Statement) -> bool {
    statement.verb() == Verb::Change
}

fn begin(dialect: Dialect, options: BeginOptions) -> String {
    let isolation = options.isolation.map(|isolation| match isolation {
        Isolation::ReadCommitted => "ISOLATION LEVEL READ COMMITTED",
        Isolation::RepeatableRead => "ISOLATION LEVEL REPEATABLE READ",
        Isolation::Serializable => "ISOLATION LEVEL SERIALIZABLE",
    });
    let access = if options.read_only { "READ ONLY" } else { "" };
    match (dialect, isolation) {
        (Dialect::Mysql, Some(isolation)) => {
            format!("SET TRANSACTION {isolation}; START TRANSACTION {access}")
        }
        (Dialect::Mysql, None) => format!("START TRANSACTION {access}"),
        (_, isolation) => format!("BEGIN {} {access}", isolation.unwrap_or_default()),
    }
}

/// Keeps the reason when that is one to try again.
fn rolled_back(cause: DatabaseErrorKind) -> DatabaseError {
    let kind = match cause {
        DatabaseErrorKind::Deadlock | DatabaseErrorKind::SerializationFailure => cause,
        _ => DatabaseErrorKind::Other,
    };
    DatabaseError::new(
        kind,
        "the transaction is rolled back already: a statement in it failed in a way that ends it",
    )
}
