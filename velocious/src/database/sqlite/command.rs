//! What a connection's thread is asked to do, and the answers it gives.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use diesel::sqlite::SqliteConnection;
use futures_channel::oneshot;

use super::connection::{Outcome, SqliteConn, patiently};
use super::send;
use crate::database::engine::{Fetched, LevelId};
use crate::database::verb::Verb;
use crate::database::{DatabaseError, DatabaseErrorKind, Instant, RowSink, Statement};
use crate::{Error, Result};

/// Where an answer goes.
pub(super) type Reply<T> = oneshot::Sender<Result<T>>;

/// What the writer can be asked.
pub(super) enum Command {
    /// Run a statement, in a transaction or on its own.
    Run { level: Option<LevelId>, work: Work },
    /// Begin a transaction.
    Begin(Begin),
    /// Begin a transaction within another.
    Nest {
        parent: LevelId,
        id: LevelId,
        reply: Reply<()>,
    },
    /// End a transaction of either kind.
    End {
        id: LevelId,
        commit: bool,
        reply: Reply<()>,
    },
    /// Roll back a transaction that nobody will end.
    Abandon { id: LevelId },
    /// Finish what came before, then close the connection.
    Close { reply: Reply<()> },
}

/// A transaction to begin.
pub(super) struct Begin {
    pub(super) id: LevelId,
    pub(super) patience: Duration,
    pub(super) foreign_keys: bool,
    pub(super) read_only: bool,
    pub(super) reply: Reply<()>,
}

/// A statement and where its result goes.
pub(super) enum Work {
    Fetch {
        statement: Statement,
        sink: Box<dyn RowSink>,
        reply: Reply<Fetched>,
    },
    Execute {
        statement: Statement,
        reply: Reply<usize>,
    },
    Batch {
        sql: String,
        reply: Reply<()>,
    },
    /// A piece of work with diesel's own connection.
    Diesel {
        run: Piece,
        reply: Reply<Made>,
    },
}

/// A piece of work.
type Piece = Box<dyn FnOnce(&mut SqliteConnection) -> Outcome<Made> + Send>;

/// What a piece of work has made.
pub(super) type Made = Box<dyn Any + Send>;

impl Work {
    /// What it does; a batch may do anything.
    pub(super) fn verb(&self) -> Verb {
        match self {
            Work::Fetch { statement, .. } | Work::Execute { statement, .. } => statement.verb(),
            Work::Batch { .. } | Work::Diesel { .. } => Verb::Setting,
        }
    }

    /// Whether whoever asked has stopped waiting.
    pub(super) fn is_abandoned(&self) -> bool {
        match self {
            Work::Fetch { reply, .. } => reply.is_canceled(),
            Work::Execute { reply, .. } => reply.is_canceled(),
            Work::Batch { reply, .. } => reply.is_canceled(),
            Work::Diesel { reply, .. } => reply.is_canceled(),
        }
    }

    /// Runs it, trying again until `deadline` while another process has the database locked.
    pub(super) fn run(self, connection: &mut SqliteConn, deadline: Instant) -> Answer {
        match self {
            Work::Fetch {
                statement,
                mut sink,
                reply,
            } => {
                let rows = caught(|| fetch(connection, deadline, &statement, &mut *sink));
                Answer::Fetched(reply, rows.map(|rows| Fetched { sink, rows }))
            }
            Work::Execute { statement, reply } => {
                let changed = caught(|| patiently(deadline, || connection.execute(&statement)));
                Answer::Changed(reply, changed)
            }
            Work::Batch { sql, reply } => {
                let done = caught(|| connection.batch_patiently(&sql, deadline));
                Answer::Done(reply, done)
            }
            Work::Diesel { run, reply } => Answer::Made(reply, caught(|| run(connection.diesel()))),
        }
    }

    /// Answers with an error without having run.
    pub(super) fn refuse(self, error: Error) {
        match self {
            Work::Fetch { reply, .. } => send(reply, Err(error)),
            Work::Execute { reply, .. } => send(reply, Err(error)),
            Work::Batch { reply, .. } => send(reply, Err(error)),
            Work::Diesel { reply, .. } => send(reply, Err(error)),
        }
    }
}

/// Fetches again while the database is locked, but not after the sink has seen a row.
fn fetch(
    connection: &mut SqliteConn,
    deadline: Instant,
    statement: &Statement,
    sink: &mut dyn RowSink,
) -> Outcome<usize> {
    let mut rows = 0;
    patiently(deadline, || {
        match connection.fetch(statement, sink, &mut rows) {
            Err(error) if rows == 0 => Err(error),
            outcome => Ok(outcome),
        }
    })??;
    Ok(rows)
}

/// The result of [`Work`], which may have to wait for a commit.
pub(super) enum Answer {
    Fetched(Reply<Fetched>, Outcome<Fetched>),
    Changed(Reply<usize>, Outcome<usize>),
    Done(Reply<()>, Outcome<()>),
    Made(Reply<Made>, Outcome<Made>),
}

impl Answer {
    pub(super) fn error(&self) -> Option<&DatabaseError> {
        match self {
            Answer::Fetched(_, outcome) => outcome.as_ref().err(),
            Answer::Changed(_, outcome) => outcome.as_ref().err(),
            Answer::Done(_, outcome) => outcome.as_ref().err(),
            Answer::Made(_, outcome) => outcome.as_ref().err(),
        }
    }

    /// Makes a success a failure.
    pub(super) fn fail(&mut self, error: &DatabaseError) {
        fn fail<T>(outcome: &mut Outcome<T>, error: &DatabaseError) {
            if outcome.is_ok() {
                *outcome = Err(error.clone());
            }
        }
        match self {
            Answer::Fetched(_, outcome) => fail(outcome, error),
            Answer::Changed(_, outcome) => fail(outcome, error),
            Answer::Done(_, outcome) => fail(outcome, error),
            Answer::Made(_, outcome) => fail(outcome, error),
        }
    }

    pub(super) fn send(self) {
        match self {
            Answer::Fetched(reply, outcome) => send(reply, outcome.map_err(Error::from)),
            Answer::Changed(reply, outcome) => send(reply, outcome.map_err(Error::from)),
            Answer::Done(reply, outcome) => send(reply, outcome.map_err(Error::from)),
            Answer::Made(reply, outcome) => send(reply, outcome.map_err(Error::from)),
        }
    }
}

/// Makes an error of a panic, which a sink of the application may cause. diesel has reset the statement by then.
fn caught<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = format!("reading a row panicked: {}", panic_text(&*panic));
        Err(DatabaseError::new(DatabaseErrorKind::Other, text))
    })
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}
