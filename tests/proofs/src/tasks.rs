//! Futures side by side, on one thread.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use tokio::time::sleep;
use velocious::{Error, Result};

/// Where futures of one thread wait for each other.
pub struct Meeting {
    wanted: usize,
    there: Cell<usize>,
}

impl Meeting {
    /// One of so many.
    pub fn of(wanted: usize) -> Self {
        Meeting {
            wanted,
            there: Cell::new(0),
        }
    }

    /// Comes, and goes on at once.
    pub fn come(&self) {
        self.there.set(self.there.get() + 1);
    }

    /// Waits until all are there.
    ///
    /// # Errors
    /// When some do not come in two minutes.
    pub async fn everybody(&self) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(120);
        while self.there.get() < self.wanted {
            if Instant::now() > deadline {
                let (there, wanted) = (self.there.get(), self.wanted);
                return Err(Error::message(format!("only {there} of {wanted} came")));
            }
            sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    }

    /// Comes, and waits until all are there.
    ///
    /// # Errors
    /// As [`Meeting::everybody`].
    pub async fn wait(&self) -> Result<()> {
        self.come();
        self.everybody().await
    }
}

/// Waits for all of several.
pub async fn all<'a, T>(
    futures: impl IntoIterator<Item = Pin<Box<dyn Future<Output = T> + 'a>>>,
) -> Vec<T> {
    let mut running: Vec<_> = futures.into_iter().map(Some).collect();
    let mut outputs: Vec<Option<T>> = running.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (slot, output) in running.iter_mut().zip(&mut outputs) {
            if let Some(future) = slot
                && let Poll::Ready(value) = future.as_mut().poll(context)
            {
                (*slot, *output) = (None, Some(value));
            }
        }
        match running.iter().all(Option::is_none) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
    outputs.into_iter().flatten().collect()
}
