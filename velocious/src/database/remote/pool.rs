//! The connections of a program to one database, and who may use one.
//!
//! A connection is driven by the runtime that opened it: used from another one it answers only when the first one gets
//! round to it. So an idle connection is only ever handed to its own runtime. The maximum counts all of them together;
//! when it is reached, an idle connection of another runtime is closed to make room.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use tokio::runtime::{Handle, Id};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Outcome;
use super::lease::Lease;
use super::wire::Wire;
use crate::database::{DatabaseError, DatabaseErrorKind, DatabaseOptions};

/// After a connection could not be opened, the next try is made this much later; whoever asks meanwhile is told the
/// same, so that a server that comes up again is not met by a storm.
const BETWEEN_TRIES: Duration = Duration::from_millis(200);

/// How long a connection in doubt may take to answer.
const PROBING: Duration = Duration::from_secs(2);

/// The connections of a program to one database.
pub(super) struct Pool {
    options: DatabaseOptions,
    /// One place for each connection in use.
    places: Arc<Semaphore>,
    state: Mutex<State>,
    is_reaping: AtomicBool,
}

#[derive(Default)]
struct State {
    /// Oldest first.
    idle: Vec<Idle>,
    is_closed: bool,
    failure: Option<(Instant, DatabaseError)>,
}

struct Idle {
    wire: Wire,
    runtime: Handle,
    since: Instant,
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

impl Pool {
    pub(super) fn new(options: DatabaseOptions) -> Self {
        Pool {
            places: Arc::new(Semaphore::new(options.max_connections)),
            options,
            state: Mutex::default(),
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
        let mut place = self.place().await?;
        while let Some(idle) = self.take(runtime.id())? {
            let is_suspect = idle.is_suspect;
            let mut lease = Lease::new(self.clone(), idle.wire, place, runtime.clone());
            if !is_suspect || answers(&mut lease).await {
                return Ok(lease);
            }
            let Some(given_up) = lease.give_up() else {
                return Err(closed());
            };
            place = given_up;
        }
        self.open(place, runtime, deadline).await
    }

    /// Waits for a place.
    async fn place(&self) -> Outcome<OwnedSemaphorePermit> {
        let waiting = self.places.clone().acquire_owned();
        match tokio::time::timeout(self.options.checkout_timeout, waiting).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) => Err(closed()),
            Err(_) => Err(self.exhausted()),
        }
    }

    async fn open(
        self: &Arc<Self>,
        place: OwnedSemaphorePermit,
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
        Ok(Lease::new(self.clone(), opened?, place, runtime))
    }

    /// The newest idle connection of a runtime. When there is none, there is room for a new one afterwards.
    fn take(&self, runtime: Id) -> Outcome<Option<Idle>> {
        let mut spent = Vec::new();
        let mut found = None;
        let mut state = self.state();
        if state.is_closed {
            return Err(closed());
        }
        while found.is_none() {
            let own = |idle: &Idle| idle.runtime.id() == runtime;
            let Some(at) = state.idle.iter().rposition(own) else {
                break;
            };
            let idle = state.idle.remove(at);
            match idle.wire.is_spent() {
                true => spent.push(idle),
                false => found = Some(idle),
            }
        }
        if found.is_none() {
            let in_use = self
                .options
                .max_connections
                .saturating_sub(self.places.available_permits());
            while !state.idle.is_empty() && state.idle.len() + in_use > self.options.max_connections
            {
                spent.push(state.idle.remove(0));
            }
        }
        drop(state);
        spent.into_iter().for_each(Idle::close);
        Ok(found)
    }

    /// Takes back a connection that is as good as new.
    pub(super) fn give_back(
        self: &Arc<Self>,
        wire: Wire,
        place: OwnedSemaphorePermit,
        runtime: &Handle,
    ) {
        let idle = Idle {
            wire,
            runtime: runtime.clone(),
            since: Instant::now(),
            is_suspect: false,
        };
        let mut state = self.state();
        if state.is_closed {
            drop(state);
            idle.close();
            return;
        }
        state.idle.push(idle);
        let starts_reaping = !self.is_reaping.swap(true, Ordering::AcqRel);
        drop(state);
        drop(place);
        if starts_reaping {
            let pool = Arc::downgrade(self);
            runtime.spawn(reap(Reaping(pool)));
        }
    }

    /// A connection was lost, maybe because the server went away: those that have been idle since before are looked at
    /// before they are used again.
    pub(super) fn suspect(&self) {
        for idle in &mut self.state().idle {
            idle.is_suspect = true;
        }
    }

    /// Closes idle connections now, and those in use when they come back, for which it waits a while.
    pub(super) async fn close(&self) {
        let idle = {
            let mut state = self.state();
            state.is_closed = true;
            std::mem::take(&mut state.idle)
        };
        idle.into_iter().for_each(Idle::close);
        if Handle::try_current().is_ok() {
            let all = u32::try_from(self.options.max_connections).unwrap_or(u32::MAX);
            let back = self.places.acquire_many(all);
            let _ = tokio::time::timeout(self.options.checkout_timeout, back).await;
        }
        self.places.close();
    }

    /// Closes what has been idle for too long; answers when to look again, if there is anything left to look at.
    fn reap(&self) -> Option<Duration> {
        let now = Instant::now();
        let mut state = self.state();
        let timeout = self.options.idle_timeout;
        let (over, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut state.idle)
            .into_iter()
            .partition(|idle| now.duration_since(idle.since) >= timeout);
        state.idle = rest;
        let next = state.idle.iter().map(|idle| idle.since + timeout).min();
        if next.is_none() {
            self.is_reaping.store(false, Ordering::Release);
        }
        drop(state);
        over.into_iter().for_each(Idle::close);
        next.map(|at| {
            at.saturating_duration_since(now)
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

impl Drop for Pool {
    fn drop(&mut self) {
        let idle = std::mem::take(&mut self.state().idle);
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
