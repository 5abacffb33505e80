//! A connection in use.
//!
//! It goes back to the pool when it is dropped, unless something speaks against it: a statement that nobody waited for
//! to the end, a connection that was lost, a transaction that is still open. Then it is closed, and its place in the
//! pool becomes free when it is.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;

use super::pool::{Pool, Seat};
use super::wire::Wire;
use super::{Outcome, Place};
use crate::database::engine::Fetched;
use crate::database::{DatabaseError, DatabaseErrorKind, RowSink, Statement};

/// How long stopping an abandoned statement may take.
const CANCELLING: Duration = Duration::from_secs(5);

/// How much longer than the server we wait for a statement that may run only so long.
const GRACE: Duration = Duration::from_secs(1);

/// A connection in use.
pub(super) struct Lease {
    pool: Arc<Pool>,
    /// `None` only after it has been given back or closed.
    wire: Option<Wire>,
    /// Its place in the pool.
    seat: Option<Seat>,
    runtime: Handle,
    condition: Condition,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Condition {
    /// As good as new.
    Clean,
    /// A statement runs; whoever finds it so, after the statement's future is gone, knows that it was dropped.
    Running,
    /// A transaction is open.
    Open,
    /// It cannot be used again.
    Broken,
}

impl Lease {
    pub(super) fn new(pool: Arc<Pool>, wire: Wire, seat: Seat, runtime: Handle) -> Self {
        Lease {
            pool,
            wire: Some(wire),
            seat: Some(seat),
            runtime,
            condition: Condition::Clean,
        }
    }

    /// Whether an INSERT can give back the row.
    pub(super) fn has_returning(&self) -> bool {
        self.wire.as_ref().is_some_and(Wire::has_returning)
    }

    /// Whether a statement was dropped while it ran, or the connection was lost.
    pub(super) fn is_unusable(&self) -> bool {
        matches!(self.condition, Condition::Running | Condition::Broken)
    }

    /// Runs a statement and hands its rows to `sink`.
    pub(super) async fn fetch(
        &mut self,
        statement: &Statement,
        mut sink: Box<dyn RowSink>,
        place: Place,
    ) -> Outcome<Fetched> {
        let (wire, before, limit) = self.start()?;
        let outcome = limited(limit, wire.fetch(statement, &mut *sink, place)).await;
        self.stop(before, outcome)
            .map(|rows| Fetched { sink, rows })
    }

    /// Hands the rows of a query to `sink` as fast as it takes them, for which there is no limit of time. What a sink
    /// that has enough leaves unread is not read any more: the connection is closed.
    pub(super) async fn stream(
        &mut self,
        statement: &Statement,
        sink: &mut dyn RowSink,
    ) -> Outcome<()> {
        let (wire, before, _) = self.start()?;
        let outcome = wire.fetch(statement, sink, Place::Alone).await;
        self.stop(before, outcome)?;
        if !sink.is_open() {
            self.condition = Condition::Running;
        }
        Ok(())
    }

    /// Runs a statement for its effect; answers how many rows it changed.
    pub(super) async fn execute(&mut self, statement: &Statement, place: Place) -> Outcome<usize> {
        let (wire, before, limit) = self.start()?;
        let outcome = limited(limit, wire.execute(statement, place)).await;
        self.stop(before, outcome)
    }

    /// Runs several statements without binds.
    pub(super) async fn batch(&mut self, sql: &str) -> Outcome<()> {
        let (wire, before, _) = self.start()?;
        let outcome = wire.batch(sql).await;
        self.stop(before, outcome)
    }

    /// Runs a piece of work with diesel-async's own connection.
    #[cfg(feature = "postgres")]
    pub(super) async fn diesel_postgres<T>(
        &mut self,
        work: impl AsyncFnOnce(&mut diesel_async::AsyncPgConnection) -> diesel::QueryResult<T>,
    ) -> Outcome<T> {
        let (wire, before, _) = self.start()?;
        let outcome = wire.diesel_postgres(work).await;
        self.stop(before, outcome)
    }

    /// Runs a piece of work with diesel-async's own connection.
    #[cfg(feature = "mysql")]
    pub(super) async fn diesel_mysql<T>(
        &mut self,
        work: impl AsyncFnOnce(&mut diesel_async::AsyncMysqlConnection) -> diesel::QueryResult<T>,
    ) -> Outcome<T> {
        let (wire, before, _) = self.start()?;
        let outcome = wire.diesel_mysql(work).await;
        self.stop(before, outcome)
    }

    /// Runs what begins a transaction.
    pub(super) async fn begin(&mut self, sql: &str) -> Outcome<()> {
        let (wire, _, limit) = self.start()?;
        let outcome = limited(limit, wire.control(sql)).await;
        self.stop(Condition::Open, outcome)
    }

    /// Runs what begins or ends a transaction within the transaction.
    pub(super) async fn step(&mut self, sql: &str) -> Outcome<()> {
        let (wire, before, limit) = self.start()?;
        let outcome = limited(limit, wire.control(sql)).await;
        self.stop(before, outcome)
    }

    /// Runs what ends the transaction.
    pub(super) async fn finish(&mut self, sql: &str) -> Outcome<()> {
        let (wire, _, limit) = self.start()?;
        let outcome = limited(limit, wire.control(sql)).await;
        let after = match outcome {
            Ok(()) => Condition::Clean,
            // Whether anything is still open is not known.
            Err(_) => Condition::Broken,
        };
        self.stop(after, outcome)
    }

    /// Looks whether the connection is still there.
    pub(super) async fn probe(&mut self) -> Outcome<()> {
        self.batch("SELECT 1").await
    }

    /// Closes the connection, whatever it is in the middle of.
    pub(super) fn close(mut self) {
        self.condition = Condition::Broken;
    }

    fn start(&mut self) -> Outcome<(&mut Wire, Condition, Option<Duration>)> {
        let before = std::mem::replace(&mut self.condition, Condition::Running);
        if matches!(before, Condition::Running | Condition::Broken) {
            return Err(lost());
        }
        let limit = self.pool.options().statement_timeout;
        let wire = self.wire.as_mut().ok_or_else(lost)?;
        Ok((wire, before, limit))
    }

    fn stop<T>(&mut self, after: Condition, outcome: Outcome<T>) -> Outcome<T> {
        self.condition = match &outcome {
            Err(error) if error.kind() == DatabaseErrorKind::ConnectionLost => {
                self.pool.suspect();
                Condition::Broken
            }
            _ => after,
        };
        outcome
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let (Some(wire), Some(seat)) = (self.wire.take(), self.seat.take()) else {
            return;
        };
        match self.condition {
            Condition::Clean if !wire.is_spent() => {
                self.pool.give_back(wire, seat, &self.runtime);
            }
            Condition::Running => {
                // The server does not notice by itself that nobody waits any more, and would keep its locks.
                self.runtime.spawn(async move {
                    let _ = tokio::time::timeout(CANCELLING, wire.cancel().run()).await;
                    drop((wire, seat));
                });
            }
            Condition::Clean | Condition::Open | Condition::Broken => {
                // Closing says goodbye, which needs the runtime of the connection.
                let _entered = self.runtime.enter();
                drop((wire, seat));
            }
        }
    }
}

/// Waits a little longer than the server may take, because a server that is gone takes forever.
async fn limited<T>(limit: Option<Duration>, work: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    let Some(limit) = limit else {
        return work.await;
    };
    let waited = tokio::time::timeout(limit + GRACE, work).await;
    waited.unwrap_or_else(|_| {
        Err(DatabaseError::new(
            DatabaseErrorKind::ConnectionLost,
            format!("the connection was lost: the server did not answer within {limit:?}, which is the most a statement may take (`statement_timeout`), and not a second later either"),
        ))
    })
}

pub(super) fn lost() -> DatabaseError {
    DatabaseError::new(
        DatabaseErrorKind::ConnectionLost,
        "the connection was closed: a statement on it was dropped while it ran, or the server was lost",
    )
}
