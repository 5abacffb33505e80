//! The threads that make and verify digests.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use futures_channel::oneshot;

use super::algorithm;
use crate::{Error, Result};

/// How many may wait; a digest takes tens of milliseconds, so the last of them waits a few seconds.
const QUEUE: usize = 128;

/// The most threads: each digest takes about 20 MB of memory while it is made.
const MOST: usize = 4;

type Job = Box<dyn FnOnce() + Send>;

/// Does some work on one of the threads. When the future is dropped before its turn, the work is not begun.
///
/// # Errors
/// Of status 503, when too many wait already.
pub(super) async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let (sender, receiver) = oneshot::channel();
    let job = move || {
        if !sender.is_canceled() {
            // Whoever waited may be gone by now.
            let _ = sender.send(work());
        }
    };
    let queued = queue().try_send(Box::new(job));
    queued.map_err(|_| {
        Error::http(
            503,
            "too many people are signing in at this moment, try again",
        )
    })?;
    receiver
        .await
        .map_err(|_| Error::message("a digest of a password could not be made"))
}

fn queue() -> &'static SyncSender<Job> {
    static SENDER: OnceLock<SyncSender<Job>> = OnceLock::new();
    SENDER.get_or_init(|| {
        let (sender, receiver) = sync_channel(QUEUE);
        let receiver = Arc::new(Mutex::new(receiver));
        let cores = thread::available_parallelism().map_or(1, usize::from);
        for number in 0..(cores / 2).clamp(1, MOST) {
            let receiver = Arc::clone(&receiver);
            let thread = thread::Builder::new().name(format!("velocious-password-{number}"));
            if let Err(error) = thread.spawn(move || serve(&receiver)) {
                tracing::error!(%error, "a thread for passwords could not be started");
            }
        }
        sender
    })
}

fn serve(jobs: &Mutex<Receiver<Job>>) {
    algorithm::prepare();
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else {
            return;
        };
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("making a digest of a password panicked");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::mpsc::channel;
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn poll<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    /// Waits without an executor.
    fn wait<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let mut future = pin!(run(work));
        loop {
            match poll(future.as_mut()) {
                Poll::Ready(result) => return result,
                Poll::Pending => thread::yield_now(),
            }
        }
    }

    #[test]
    fn a_queue_that_is_full_says_so_and_dropped_work_is_not_begun() {
        let (open, gate) = channel::<()>();
        let gate = Arc::new(Mutex::new(gate));
        let mut waiting = Vec::new();
        let refused = loop {
            let gate = Arc::clone(&gate);
            let mut future = Box::pin(run(move || {
                let _ = gate.lock().unwrap_or_else(PoisonError::into_inner).recv();
            }));
            match poll(future.as_mut()) {
                Poll::Ready(result) => break result,
                Poll::Pending => waiting.push(future),
            }
            assert!(waiting.len() <= QUEUE + MOST, "the queue has no bound");
        };
        assert_eq!(refused.expect_err("too many wait").status(), 503);
        drop(waiting);
        drop(open);
        let name = loop {
            // The queue empties as soon as the gate is open.
            match wait(|| thread::current().name().map(str::to_owned)) {
                Ok(name) => break name,
                Err(_) => thread::yield_now(),
            }
        };
        assert!(name.is_some_and(|name| name.starts_with("velocious-password-")));
    }

    #[test]
    fn a_panic_is_an_error_and_the_thread_goes_on() {
        assert!(wait(|| panic!("on purpose")).is_err());
        assert_eq!(wait(|| 1).expect("it works"), 1);
    }
}
