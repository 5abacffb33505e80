//! The connections that only read: used where the question is asked, or on threads of their own.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use super::command::Work;
use super::connection::{Outcome, Purpose, SqliteConn};
use super::{lock, spawn};
use crate::Result;
use crate::database::{
    DatabaseError, DatabaseErrorKind, DatabaseOptions, Instant, Reads, RowSink, Statement,
};

/// Runs what only reads.
pub(super) struct Readers {
    pool: Arc<Pool>,
    /// Where the reading threads get their work from; `None` when reads run where they are asked for.
    queue: Mutex<Option<Sender<Work>>>,
    reads: Reads,
}

impl Readers {
    /// `None` for a database in memory, which nobody but the writer can see.
    pub(super) fn start(options: &DatabaseOptions) -> Result<Option<Self>> {
        if options.path().is_none() {
            return Ok(None);
        }
        let pool = Arc::new(Pool::new(options.clone()));
        let queue = match options.reads {
            Reads::Inline => None,
            Reads::Threads => Some(start_threads(options.readers, &pool)?),
        };
        Ok(Some(Readers {
            pool,
            queue: Mutex::new(queue),
            reads: options.reads,
        }))
    }

    /// Runs `work` now, or hands it to a thread.
    pub(super) fn run(&self, work: Work) {
        match self.reads {
            Reads::Inline => self.pool.run(work),
            Reads::Threads => match &*lock(&self.queue) {
                Some(queue) => {
                    // Threads end only after the queue does.
                    let _ = queue.send(work);
                }
                None => work.refuse(closed().into()),
            },
        }
    }

    /// Hands the rows of a query to `sink` from a thread that ends with it.
    pub(super) fn stream(&self, statement: Statement, mut sink: Box<dyn RowSink>) -> Result<()> {
        let pool = self.pool.clone();
        spawn("velocious-stream", move || {
            let streamed = pool.take().and_then(|mut connection| {
                let streamed = connection.fetch(&statement, &mut *sink, &mut 0);
                pool.give_back(connection);
                streamed
            });
            sink.finish(streamed);
        })?;
        Ok(())
    }

    /// Closes the connections: those at work now when they are done.
    pub(super) fn close(&self) {
        lock(&self.queue).take();
        *lock(&self.pool.idle) = None;
    }
}

/// Starts threads that share one queue and end with it.
fn start_threads(number: usize, pool: &Arc<Pool>) -> Result<Sender<Work>> {
    let (queue, work) = channel();
    let work = Arc::new(Mutex::new(work));
    for _ in 0..number {
        let (pool, work) = (pool.clone(), work.clone());
        spawn("velocious-read", move || {
            while let Some(next) = next_of(&work) {
                pool.run(next);
            }
        })?;
    }
    Ok(queue)
}

/// Waits for work, letting the other threads wait for the lock meanwhile.
fn next_of(work: &Mutex<Receiver<Work>>) -> Option<Work> {
    lock(work).recv().ok()
}

/// Connections that nobody uses at the moment.
struct Pool {
    options: DatabaseOptions,
    /// `None` once the database is closed.
    idle: Mutex<Option<Vec<SqliteConn>>>,
}

impl Pool {
    fn new(options: DatabaseOptions) -> Self {
        let idle = Mutex::new(Some(Vec::new()));
        Pool { options, idle }
    }

    /// Runs `work` on a connection that nobody else uses meanwhile.
    fn run(&self, work: Work) {
        if work.is_abandoned() {
            return;
        }
        match self.take() {
            Ok(mut connection) => {
                let deadline = Instant::now() + self.options.busy_timeout;
                let answer = work.run(&mut connection, deadline);
                self.give_back(connection);
                answer.send();
            }
            Err(error) => work.refuse(error.into()),
        }
    }

    fn take(&self) -> Outcome<SqliteConn> {
        let idle = match &mut *lock(&self.idle) {
            Some(idle) => idle.pop(),
            None => return Err(closed()),
        };
        idle.map_or_else(|| SqliteConn::open(&self.options, Purpose::Read), Ok)
    }

    fn give_back(&self, connection: SqliteConn) {
        if let Some(idle) = &mut *lock(&self.idle)
            && idle.len() < self.options.readers
        {
            idle.push(connection);
        }
    }
}

fn closed() -> DatabaseError {
    DatabaseError::new(DatabaseErrorKind::ConnectionLost, "the database is closed")
}
