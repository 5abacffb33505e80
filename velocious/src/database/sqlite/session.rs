//! The transaction that the writer serves at the moment, with those nested in it.

use super::command::{Begin, Work};
use super::connection::{Outcome, SqliteConn, patiently};
use crate::database::engine::LevelId;
use crate::database::verb::Verb;
use crate::database::{DatabaseError, DatabaseErrorKind, Instant};
use crate::error::TransactionOver;
use crate::{Error, Result};

/// An open transaction.
pub(super) struct Session {
    /// The transaction, then the ones nested in it, innermost last.
    levels: Vec<LevelId>,
    foreign_keys: bool,
    read_only: bool,
    /// Whether SQLite has rolled all of it back by itself.
    is_lost: bool,
}

impl Session {
    /// Begins a transaction that may write from its start, so that it never has to give up halfway.
    pub(super) fn begin(
        begin: &Begin,
        connection: &mut SqliteConn,
        deadline: Instant,
    ) -> Outcome<Self> {
        let session = Session {
            levels: vec![begin.id],
            foreign_keys: begin.foreign_keys,
            read_only: begin.read_only,
            is_lost: false,
        };
        if !begin.foreign_keys {
            connection.batch("PRAGMA foreign_keys = OFF")?;
        }
        let begin = match session.read_only {
            // It sees what was committed before its first statement, and writes nothing.
            true => "BEGIN",
            false => "BEGIN IMMEDIATE",
        };
        if session.read_only {
            connection.refuse_writes(true)?;
        }
        let begun = patiently(deadline, || connection.batch(begin));
        if begun.is_err() {
            session.clean_up(connection)?;
        }
        begun.map(|()| session)
    }

    /// Runs a statement in it.
    pub(super) fn run(&mut self, level: LevelId, work: Work, connection: &mut SqliteConn) {
        if let Err(error) = self.check(level) {
            return work.refuse(error);
        }
        let may_end_it = work.verb() == Verb::Setting;
        // No other process is in the way of a transaction that may write.
        let answer = work.run(connection, Instant::now());
        if may_end_it || answer.error().is_some() {
            self.is_lost = !is_open(connection);
        }
        answer.send();
    }

    /// Begins a transaction within the innermost one, which has to be `parent`.
    pub(super) fn nest(
        &mut self,
        parent: LevelId,
        id: LevelId,
        connection: &mut SqliteConn,
    ) -> Result<()> {
        self.check(parent)?;
        if self.levels.last() != Some(&parent) {
            return Err(Error::message(
                "two transactions within one may not overlap: await the first before beginning the second",
            ));
        }
        connection.batch(&format!("SAVEPOINT {}", id.savepoint()))?;
        self.levels.push(id);
        Ok(())
    }

    /// Ends the transaction `id` and what is nested in it. Afterwards [`Session::is_over`] tells whether it was the
    /// outermost one.
    pub(super) fn end(
        &mut self,
        id: LevelId,
        commit: bool,
        connection: &mut SqliteConn,
        deadline: Instant,
    ) -> Result<()> {
        let depth = self.depth(id).ok_or(TransactionOver)?;
        if self.is_lost {
            self.levels.truncate(depth);
            return if commit { Err(lost().into()) } else { Ok(()) };
        }
        // Whether what has been written since belongs to the inner or the outer one, nobody can tell.
        let is_unfinished = commit && self.levels.len() > depth + 1;
        self.levels.truncate(depth);
        let ended = match (depth, commit && !is_unfinished) {
            (0, true) => patiently(deadline, || connection.batch("COMMIT")),
            (0, false) => connection.batch("ROLLBACK"),
            (_, true) => connection.batch(&format!("RELEASE {}", id.savepoint())),
            (_, false) => roll_back_to(id, connection),
        };
        if is_unfinished {
            return Err(Error::message(
                "a transaction within this one has not ended, so both are rolled back: await it before the outer one ends",
            ));
        }
        Ok(ended?)
    }

    /// Leaves the connection as it was before the transaction, whatever has become of it.
    pub(super) fn clean_up(&self, connection: &mut SqliteConn) -> Outcome<()> {
        if is_open(connection) {
            connection.batch("ROLLBACK")?;
        }
        if self.read_only {
            connection.refuse_writes(false)?;
        }
        if !self.foreign_keys {
            // The second is what rebuilding a table may have left on.
            connection.batch("PRAGMA foreign_keys = ON; PRAGMA legacy_alter_table = OFF")?;
        }
        Ok(())
    }

    /// Whether the outermost transaction has ended.
    pub(super) fn is_over(&self) -> bool {
        self.levels.is_empty()
    }

    pub(super) fn has(&self, id: LevelId) -> bool {
        self.depth(id).is_some()
    }

    fn depth(&self, id: LevelId) -> Option<usize> {
        self.levels.iter().position(|level| *level == id)
    }

    fn check(&self, level: LevelId) -> Result<()> {
        match self.has(level) {
            false => Err(TransactionOver.into()),
            true if self.is_lost => Err(lost().into()),
            true => Ok(()),
        }
    }
}

/// Whether a transaction is open. diesel does not tell, but SQLite refuses to begin a second one.
pub(super) fn is_open(connection: &mut SqliteConn) -> bool {
    match connection.batch("BEGIN") {
        Ok(()) => connection.batch("ROLLBACK").is_err(),
        Err(_) => true,
    }
}

fn roll_back_to(id: LevelId, connection: &mut SqliteConn) -> Outcome<()> {
    let name = id.savepoint();
    connection.batch(&format!("ROLLBACK TO {name}; RELEASE {name}"))
}

fn lost() -> DatabaseError {
    DatabaseError::new(
        DatabaseErrorKind::Other,
        "the transaction is rolled back already: a statement in it failed in a way that ends it, or ended it itself",
    )
}
