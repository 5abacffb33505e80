//! Requests that take too long.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_web::rt::time::{Sleep, sleep};

use super::panic::Panicked;
use super::state::RequestState;
use super::worker::Worker;
use crate::{Error, Result};

impl Worker {
    /// How long a request may take: what its action has set, else what the configuration says. `None` is for ever.
    pub(super) fn time_limit(&self, state: Option<&RequestState>) -> Option<Duration> {
        let set = state.and_then(|state| state.time_limit.get());
        set.unwrap_or(self.app().config().server.request_timeout)
    }
}

/// A future that is dropped when it takes too long: whatever it was waiting for is given up, and a transaction of its
/// own is rolled back.
///
/// The limit is looked up each time there is something to wait for, because the future may change it. A future that
/// never waits costs no timer.
pub(super) struct Limited<F, L> {
    future: Option<F>,
    limit: L,
    start: Instant,
    timer: Option<(Duration, Pin<Box<Sleep>>)>,
}

impl<F, L> Limited<F, L> {
    /// `future`, which may take as long as `limit` says from now on.
    pub(super) fn new(future: F, limit: L) -> Self {
        Limited {
            future: Some(future),
            limit,
            start: Instant::now(),
            timer: None,
        }
    }
}

impl<T, F, L> Future for Limited<F, L>
where
    F: Future<Output = Result<T, Panicked>> + Unpin,
    L: Fn() -> Option<Duration> + Unpin,
{
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T>> {
        let this = self.get_mut();
        let Some(future) = this.future.as_mut() else {
            return Poll::Pending;
        };
        if let Poll::Ready(done) = Pin::new(future).poll(cx) {
            return Poll::Ready(done.map_err(Error::from));
        }
        let Some(limit) = (this.limit)() else {
            this.timer = None;
            return Poll::Pending;
        };
        if this.timer.as_ref().is_none_or(|(known, _)| *known != limit) {
            let rest = limit.saturating_sub(this.start.elapsed());
            this.timer = Some((limit, Box::pin(sleep(rest))));
        }
        let Some((_, timer)) = this.timer.as_mut() else {
            return Poll::Pending;
        };
        match timer.as_mut().poll(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => {
                this.future = None;
                Poll::Ready(Err(timed_out(limit)))
            }
        }
    }
}

/// 503 and not 500: what is slow today may not be tomorrow, and proxies and clients that try again later are right to.
fn timed_out(limit: Duration) -> Error {
    Error::http(
        503,
        format!("Request timed out after {}s", limit.as_secs_f64()),
    )
}
