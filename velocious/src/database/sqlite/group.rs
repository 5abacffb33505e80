//! Statements that are committed together.

use std::collections::VecDeque;

use super::command::{Answer, Work};
use super::connection::{Outcome, SqliteConn, patiently};
use crate::database::statement::StatementBuilder;
use crate::database::verb::Verb;
use crate::database::{DatabaseError, DatabaseErrorKind, Dialect, Instant, Statement};

/// A statement, and until when it may wait.
pub(super) type Member = (Work, Instant);

/// Statements that share a transaction.
pub(super) struct Group {
    /// Those that have not run.
    pub(super) left: VecDeque<Member>,
    /// What those that have run are to be told once the transaction has ended.
    pub(super) answers: Vec<Answer>,
}

impl Group {
    pub(super) fn new(members: Vec<Member>) -> Self {
        Group {
            answers: Vec::with_capacity(members.len()),
            left: members.into(),
        }
    }

    /// Runs the members in the transaction that is open, and commits it. After an error the transaction is to be
    /// rolled back, and who is still [`left`](Self::left) has not been part of it.
    pub(super) fn run(
        &mut self,
        steps: &Steps,
        connection: &mut SqliteConn,
        deadline: Instant,
    ) -> Outcome<()> {
        while let Some((work, deadline)) = self.left.pop_front() {
            let (answer, goes_on) = steps.run_member(work, deadline, connection);
            self.answers.extend(answer);
            if !goes_on {
                return Err(taken_down());
            }
        }
        patiently(deadline, || connection.execute(&steps.commit)).map(|_| ())
    }
}

fn taken_down() -> DatabaseError {
    DatabaseError::new(
        DatabaseErrorKind::Other,
        "not saved: another statement, committed together with this one, made SQLite roll everything back",
    )
}

/// The statements around a group and its members, prepared once.
pub(super) struct Steps {
    begin: Statement,
    savepoint: Statement,
    release: Statement,
    undo: Statement,
    commit: Statement,
}

impl Steps {
    pub(super) fn new() -> Self {
        let statement = |sql| {
            let mut builder = StatementBuilder::new(Dialect::Sqlite);
            builder.push(sql);
            builder.finish()
        };
        Steps {
            begin: statement("BEGIN IMMEDIATE"),
            savepoint: statement("SAVEPOINT velocious_member"),
            release: statement("RELEASE velocious_member"),
            undo: statement("ROLLBACK TO velocious_member"),
            commit: statement("COMMIT"),
        }
    }

    /// Begins a transaction as soon as no other process writes.
    pub(super) fn begin(&self, connection: &mut SqliteConn, deadline: Instant) -> Outcome<()> {
        patiently(deadline, || connection.execute(&self.begin)).map(|_| ())
    }

    /// Runs one statement of a group and undoes it when it fails. The second result is whether the group goes on.
    fn run_member(
        &self,
        work: Work,
        deadline: Instant,
        connection: &mut SqliteConn,
    ) -> (Option<Answer>, bool) {
        if work.verb() == Verb::Read {
            return (Some(work.run(connection, deadline)), true);
        }
        if let Err(error) = connection.execute(&self.savepoint) {
            work.refuse(error.into());
            return (None, false);
        }
        let answer = work.run(connection, deadline);
        let undone = match answer.error() {
            None => Ok(0),
            Some(_) => connection.execute(&self.undo),
        };
        let is_closed = undone.and_then(|_| connection.execute(&self.release));
        (Some(answer), is_closed.is_ok())
    }
}
