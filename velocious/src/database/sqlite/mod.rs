//! SQLite: one thread that writes, connections beside it that read.
//!
//! * [`connection`]: one connection, set up; [`location`]: its URL; [`functions`]: what it is taught; [`failure`]: its
//!   errors.
//! * [`command`]: what the writer is asked to do, and the answers; [`writer`]: its queue; `line`: its thread; [`group`]:
//!   what it commits together; [`session`]: the transaction it serves.
//! * `readers`: the connections that only read.
//! * `browser`: what takes the place of `line` and `readers` where there are no threads.
//!
//! SQLite lets one connection write at a time. With one writer in the program nobody waits for a lock by sleeping,
//! and statements that have queued up while it was busy are committed together, which costs about as much as
//! committing one of them.

#[cfg(target_family = "wasm")]
mod browser;
mod command;
mod connection;
mod failure;
mod functions;
mod group;
#[cfg(not(target_family = "wasm"))]
mod line;
mod location;
#[cfg(not(target_family = "wasm"))]
mod readers;
mod session;
mod writer;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use diesel::sqlite::SqliteConnection;
use futures_channel::oneshot;

#[cfg(target_family = "wasm")]
use self::browser::{Line, Readers};
use self::command::{Begin, Command, Made, Reply, Work};
#[cfg(not(target_family = "wasm"))]
use self::{line::Line, readers::Readers};
use super::engine::{BeginOptions, Fetched, LevelId};
use super::verb::Verb;
use super::{DatabaseError, DatabaseErrorKind, DatabaseOptions, RowSink, Statement};
use crate::Result;

#[cfg(target_family = "wasm")]
pub(super) use self::browser::opfs::remove;

/// An open SQLite database.
pub(crate) struct Sqlite {
    line: Line,
    /// `None` when the writer has to read too, because nobody else can see the database.
    readers: Option<Readers>,
    busy_timeout: Duration,
}

impl Sqlite {
    /// Opens the database and starts its threads.
    pub(crate) async fn open(options: DatabaseOptions) -> Result<Self> {
        let line = Line::open(&options).await?;
        let readers = Readers::start(&options)?;
        Ok(Sqlite {
            line,
            readers,
            busy_timeout: options.busy_timeout,
        })
    }

    /// Runs a statement and hands its rows to `sink`, in the transaction `level` if there is one.
    pub(crate) async fn fetch(
        &self,
        level: Option<LevelId>,
        statement: Statement,
        sink: Box<dyn RowSink>,
    ) -> Result<Fetched> {
        let (reply, answer) = oneshot::channel();
        let is_read = statement.verb() == Verb::Read;
        let work = Work::Fetch {
            statement,
            sink,
            reply,
        };
        self.run(level, is_read, work);
        answered(answer).await
    }

    /// Runs a statement for its effect; answers how many rows it changed.
    pub(crate) async fn execute(
        &self,
        level: Option<LevelId>,
        statement: Statement,
    ) -> Result<usize> {
        let (reply, answer) = oneshot::channel();
        let is_read = statement.verb() == Verb::Read;
        self.run(level, is_read, Work::Execute { statement, reply });
        answered(answer).await
    }

    /// Runs several statements without binds.
    pub(crate) async fn batch(&self, level: Option<LevelId>, sql: &str) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        let sql = sql.to_owned();
        self.run(level, false, Work::Batch { sql, reply });
        answered(answer).await
    }

    fn run(&self, level: Option<LevelId>, is_read: bool, work: Work) {
        match (level, &self.readers) {
            (None, Some(readers)) if is_read => readers.run(work),
            _ => self.send(Command::Run { level, work }),
        }
    }

    /// Runs a piece of work with diesel's own connection, in the transaction `level` if there is one.
    pub(crate) async fn diesel<T: Send + 'static>(
        &self,
        level: Option<LevelId>,
        work: impl FnOnce(&mut SqliteConnection) -> diesel::QueryResult<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let run = Box::new(move |connection: &mut SqliteConnection| {
            let made = work(connection).map_err(failure::of)?;
            Ok(Box::new(made) as Made)
        });
        self.run(level, false, Work::Diesel { run, reply });
        let made = answered(answer).await?.downcast();
        made.map(|made| *made).map_err(|_| {
            DatabaseError::new(
                DatabaseErrorKind::Other,
                "the work gave back something else",
            )
            .into()
        })
    }

    /// Hands the rows of a query to `sink` from a thread of its own; `false` where nobody but the writer can see the
    /// database, who has other things to do.
    pub(crate) fn stream(&self, statement: &Statement, sink: Box<dyn RowSink>) -> Result<bool> {
        let Some(readers) = self
            .readers
            .as_ref()
            .filter(|_| statement.verb() == Verb::Read)
        else {
            return Ok(false);
        };
        readers.stream(statement.clone(), sink).map(|()| true)
    }

    /// Begins the transaction `id` as soon as nobody else writes.
    pub(crate) async fn begin(&self, id: LevelId, options: BeginOptions) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Begin(Begin {
            id,
            patience: options.patience.unwrap_or(self.busy_timeout),
            foreign_keys: options.foreign_keys,
            read_only: options.read_only,
            reply,
        }));
        answered(answer).await
    }

    /// Begins the transaction `id` within the transaction `parent`.
    pub(crate) async fn nest(&self, parent: LevelId, id: LevelId) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Nest { parent, id, reply });
        answered(answer).await
    }

    /// Commits the transaction, or rolls it back.
    pub(crate) async fn end(&self, id: LevelId, commit: bool) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::End { id, commit, reply });
        answered(answer).await
    }

    /// Rolls back a transaction whose work was dropped before its end.
    pub(crate) fn abandon(&self, id: LevelId) {
        self.send(Command::Abandon { id });
    }

    /// Finishes what is queued and closes every connection.
    pub(crate) async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        self.send(Command::Close { reply });
        // A database that is closed already answers nothing, which is as good.
        let _ = answered::<()>(closed).await;
        if let Some(readers) = &self.readers {
            readers.close();
        }
        self.line.hang_up();
    }

    fn send(&self, command: Command) {
        self.line.send(command);
    }
}

/// Waits for an answer; a dropped reply means that the database is closed.
async fn answered<T>(answer: oneshot::Receiver<Result<T>>) -> Result<T> {
    answer.await.unwrap_or_else(|_| {
        let text = "the database is closed";
        Err(DatabaseError::new(DatabaseErrorKind::ConnectionLost, text).into())
    })
}

/// Locks, also after a panic of somebody who held the lock: what is locked here is never left half done.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A thread with a name.
#[cfg(not(target_family = "wasm"))]
fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<std::thread::JoinHandle<()>> {
    let thread = std::thread::Builder::new().name(name.into()).spawn(work);
    thread.map_err(|error| {
        let text = format!("cannot start a thread for the database: {error}");
        DatabaseError::new(DatabaseErrorKind::CannotOpen, text).into()
    })
}

/// Sends a reply whose receiver may have lost interest.
fn send<T>(reply: Reply<T>, answer: Result<T>) {
    let _ = reply.send(answer);
}
