//! The connections of a program to one database, and who may use one.
//!
//! A connection is driven by the runtime that opened it: used from another one it answers only when the first one gets
//! round to it. So a connection is only ever handed on within its own runtime. The maximum counts all of them together;
//! how they move from one runtime to another when it is reached, `queue` says.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use tokio::runtime::{Handle, Id};
use tokio::sync::{Notify, oneshot};

use super::Outcome;
use super::lease::Lease;
use super::queue::{Next, Queue, RESTING, Taken};
use super::wire::Wire;
use crate::database::{DatabaseError, DatabaseErrorKind, DatabaseOptions};

/// After a connection could not be opened, the next try is made this much later; whoever asks meanwhile is told the
/// same, so that a server that comes up again is not met by a storm.
const BETWEEN_TRIES: Duration = Duration::from_millis(200);

/// How long a connection in doubt may take to answer.
const PROBING: Duration = Duration::from_secs(2);

/// The longest that a waiter does not look for itself.
const LONGEST_PATIENCE: Duration = Duration::from_millis(200);

/// The connections of a program to one database.
pub(super) struct Pool {
    options: DatabaseOptions,
    state: Mutex<State>,
    /// Told when a connection is in use no more.
    has_left: Notify,
    is_reaping: AtomicBool,
}

struct State {
    queue: Queue<Id, Idle, oneshot::Sender<Grant>>,
    is_closed: bool,
    failure: Option<(Instant, DatabaseError)>,
}

struct Idle {
    wire: Wire,
    runtime: Handle,
    /// Whether another connection was lost after this one was used last.
    is_suspect: bool,
}

impl Idle {
    /// Closes it, which needs its runtime.
    fn close(self) {
        let _entered = self.runtime.enter();
        drop(self.wire);
    }
}

/// The right of a runtime to have one connection in use. It ends when it is dropped.
pub(super) struct Seat {
    /// `None` only when the right has ended otherwise.
    pool: Option<Arc<Pool>>,
    runtime: Id,
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let Some(pool) = self.pool.take() {
            pool.leave(self.runtime);
        }
    }
}

/// What whoever asks for a connection is given.
enum Grant {
    /// An open one, and whether it is in doubt.
    Connection(Lease, bool),
    /// Room to open one.
    Room(Seat),
}

impl Pool {
    pub(super) fn new(options: DatabaseOptions) -> Self {
        Pool {
            state: Mutex::new(State {
                queue: Queue::new(options.max_connections),
                is_closed: false,
                failure: None,
            }),
            options,
            has_left: Notify::new(),
            is_reaping: AtomicBool::new(false),
        }
    }

    pub(super) fn options(&self) -> &DatabaseOptions {
        &self.options
    }

    /// A connection that nobody else uses meanwhile.
    pub(super) async fn checkout(self: &Arc<Self>) -> Outcome<Lease> {
        let runtime = Handle::try_current().map_err(|_| no_runtime())?;
        let deadline = Instant::now() + self.options.checkout_timeout;
        loop {
            match self.grant(&runtime, deadline).await? {
                Grant::Room(seat) => return self.open(seat, runtime, deadline).await,
                Grant::Connection(lease, false) => return Ok(lease),
                Grant::Connection(mut lease, true) => {
                    if answers(&mut lease).await {
                        return Ok(lease);
                    }
                    lease.close();
                }
            }
        }
    }

    /// Waits for an idle connection, or for room to open one.
    async fn grant(self: &Arc<Self>, runtime: &Handle, deadline: Instant) -> Outcome<Grant> {
        let (turn, mut granted) = match self.ask(runtime)? {
            Asked::Granted(grant) => return Ok(grant),
            Asked::Queued(turn, granted) => (turn, granted),
        };
        let waiting = Waiting { pool: self, turn };
        let mut patience = RESTING;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match tokio::time::timeout(patience.min(left), &mut granted).await {
                Ok(grant) => return grant.map_err(|_| closed()),
                Err(_) if left <= patience => return Err(self.exhausted()),
                Err(_) => {}
            }
            let taken = |state: &mut State| {
                let now = Instant::now();
                state.queue.again(waiting.turn, runtime.id(), now)
            };
            if let Some(grant) = self.granted(runtime, taken)? {
                return Ok(grant);
            }
            patience = (patience * 2).min(LONGEST_PATIENCE);
        }
    }

    /// What there is at once; else a place in the queue.
    fn ask(self: &Arc<Self>, runtime: &Handle) -> Outcome<Asked> {
        let mut queued = None;
        let taken = |state: &mut State| {
            let taken = state.queue.take(runtime.id(), Instant::now());
            if matches!(taken, Taken::Nothing) {
                let (grant, granted) = oneshot::channel();
                queued = Some((state.queue.wait(runtime.id(), grant), granted));
            }
            taken
        };
        let grant = self.granted(runtime, taken)?;
        match (grant, queued) {
            (Some(grant), _) => Ok(Asked::Granted(grant)),
            (None, Some((turn, granted))) => Ok(Asked::Queued(turn, granted)),
            (None, None) => Err(closed()),
        }
    }

    /// Takes something and makes of it what the runtime is given.
    fn granted(
        self: &Arc<Self>,
        runtime: &Handle,
        take: impl FnOnce(&mut State) -> Taken<Idle>,
    ) -> Outcome<Option<Grant>> {
        let mut state = self.state();
        if state.is_closed {
            return Err(closed());
        }
        let is_over = |idle: &Idle, _| idle.runtime.id() == runtime.id() && idle.wire.is_spent();
        let mut over = state.queue.remove_idle(is_over);
        let taken = take(&mut state);
        drop(state);
        let seat = || Seat {
            pool: Some(self.clone()),
            runtime: runtime.id(),
        };
        let grant = match taken {
            Taken::Idle(idle) => {
                let lease = Lease::new(self.clone(), idle.wire, seat(), idle.runtime);
                Some(Grant::Connection(lease, idle.is_suspect))
            }
            Taken::Room(instead_of) => {
                over.extend(instead_of);
                Some(Grant::Room(seat()))
            }
            Taken::Nothing => None,
        };
        over.into_iter().for_each(Idle::close);
        Ok(grant)
    }

    async fn open(
        self: &Arc<Self>,
        seat: Seat,
        runtime: Handle,
        deadline: Instant,
    ) -> Outcome<Lease> {
        if let Some(failure) = self.recent_failure() {
            return Err(failure);
        }
        let left = deadline.saturating_duration_since(Instant::now());
        let patience = left.max(Duration::from_millis(100));
        let opened = tokio::time::timeout(patience, Wire::open(&self.options)).await;
        let opened = opened.unwrap_or_else(|_| Err(self.unreachable()));
        self.state().failure = match &opened {
            Ok(_) => None,
            Err(error) => Some((Instant::now(), error.clone())),
        };
        Ok(Lease::new(self.clone(), opened?, seat, runtime))
    }

    /// Takes back a connection that is as good as new.
    pub(super) fn give_back(self: &Arc<Self>, wire: Wire, mut seat: Seat, runtime: &Handle) {
        let idle = Idle {
            wire,
            runtime: runtime.clone(),
            is_suspect: false,
        };
        let mut state = self.state();
        if state.is_closed {
            drop(state);
            return idle.close();
        }
        let next = state.queue.give_back(seat.runtime, idle, Instant::now());
        drop(state);
        // A waiter who has gone meanwhile does not take it, and it comes back when it is dropped.
        match next {
            Next::Kept => {
                seat.pool = None;
                self.start_reaping(runtime);
            }
            Next::Same(waiter, idle) => {
                let lease = Lease::new(self.clone(), idle.wire, seat, idle.runtime);
                let _ = waiter.send(Grant::Connection(lease, false));
            }
            Next::Other(waiter, other, idle) => {
                idle.close();
                seat.runtime = other;
                let _ = waiter.send(Grant::Room(seat));
            }
        }
    }

    /// A connection that was in use is no more.
    fn leave(self: Arc<Self>, runtime: Id) {
        let next = self.state().queue.leave(runtime);
        self.has_left.notify_waiters();
        if let Some((waiter, runtime)) = next {
            let pool = Some(self);
            let _ = waiter.send(Grant::Room(Seat { pool, runtime }));
        }
    }

    /// A connection was lost, maybe because the server went away: those that have been idle since before are looked at
    /// before they are used again.
    pub(super) fn suspect(&self) {
        for idle in self.state().queue.idle_mut() {
            idle.is_suspect = true;
        }
    }

    /// Closes idle connections now, and those in use when they come back, for which it waits a while.
    pub(super) async fn close(&self) {
        let (idle, waiting) = {
            let mut state = self.state();
            state.is_closed = true;
            let idle = state.queue.remove_idle(|_, _| true);
            (idle, state.queue.clear_waiting())
        };
        drop(waiting);
        idle.into_iter().for_each(Idle::close);
        if Handle::try_current().is_ok() {
            let all_back = async {
                loop {
                    let left = self.has_left.notified();
                    if self.state().queue.in_use() == 0 {
                        return;
                    }
                    left.await;
                }
            };
            let _ = tokio::time::timeout(self.options.checkout_timeout, all_back).await;
        }
    }

    fn start_reaping(self: &Arc<Self>, runtime: &Handle) {
        if !self.is_reaping.swap(true, Ordering::AcqRel) {
            let pool = Arc::downgrade(self);
            runtime.spawn(reap(Reaping(pool)));
        }
    }

    /// Closes what has been idle for too long; answers when to look again, if there is anything left to look at.
    fn reap(&self) -> Option<Duration> {
        let now = Instant::now();
        let timeout = self.options.idle_timeout;
        let mut state = self.state();
        let over = state
            .queue
            .remove_idle(|_, since| now.saturating_duration_since(since) >= timeout);
        let next = state.queue.idle_since();
        if next.is_none() {
            self.is_reaping.store(false, Ordering::Release);
        }
        drop(state);
        over.into_iter().for_each(Idle::close);
        next.map(|since| {
            (since + timeout)
                .saturating_duration_since(now)
                .max(Duration::from_millis(10))
        })
    }

    /// Lets the next connection be tried at once.
    pub(super) fn forget_failure(&self) {
        self.state().failure = None;
    }

    fn recent_failure(&self) -> Option<DatabaseError> {
        let state = self.state();
        let (at, failure) = state.failure.as_ref()?;
        (at.elapsed() < BETWEEN_TRIES).then(|| failure.clone())
    }

    fn exhausted(&self) -> DatabaseError {
        let DatabaseOptions {
            max_connections,
            checkout_timeout,
            ..
        } = &self.options;
        DatabaseError::new(
            DatabaseErrorKind::PoolExhausted,
            format!(
                "no connection to the database became free within {checkout_timeout:?} (`checkout_timeout`), because all {max_connections} (`max_connections`) were in use: inside of `transaction`, use the handle that the closure is given, and keep transactions short"
            ),
        )
    }

    fn unreachable(&self) -> DatabaseError {
        DatabaseError::new(
            DatabaseErrorKind::CannotOpen,
            format!(
                "cannot open the database: the server did not answer within {:?} (`checkout_timeout`)",
                self.options.checkout_timeout
            ),
        )
    }

    /// Locks, also after a panic of somebody who held the lock: what is locked here is never left half done.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What somebody who asks gets.
enum Asked {
    Granted(Grant),
    Queued(u64, oneshot::Receiver<Grant>),
}

/// A place in the queue, which is left when the future that waits is dropped.
struct Waiting<'a> {
    pool: &'a Pool,
    turn: u64,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let gone = self.pool.state().queue.forget(self.turn);
        drop(gone);
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let idle = self.state().queue.remove_idle(|_, _| true);
        idle.into_iter().for_each(Idle::close);
    }
}

/// Says that nobody reaps any more when the task ends, also when its runtime does.
struct Reaping(Weak<Pool>);

impl Drop for Reaping {
    fn drop(&mut self) {
        if let Some(pool) = self.0.upgrade() {
            pool.is_reaping.store(false, Ordering::Release);
        }
    }
}

/// Closes idle connections in time, as long as there are any.
async fn reap(reaping: Reaping) {
    while let Some(pause) = reaping.0.upgrade().and_then(|pool| pool.reap()) {
        tokio::time::sleep(pause).await;
    }
}

async fn answers(lease: &mut Lease) -> bool {
    let probe = tokio::time::timeout(PROBING, lease.probe()).await;
    matches!(probe, Ok(Ok(())))
}

pub(super) fn no_runtime() -> DatabaseError {
    DatabaseError::new(
        DatabaseErrorKind::CannotOpen,
        "a database on a server needs a tokio runtime: await it in an action, a job or a test of Velocious, or under `#[tokio::main]`",
    )
}

fn closed() -> DatabaseError {
    DatabaseError::new(DatabaseErrorKind::ConnectionLost, "the database is closed")
}
