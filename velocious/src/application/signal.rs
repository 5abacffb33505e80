//! The signals that stop a server.

use crate::{Error, Result};

/// SIGTERM and SIGINT, or Ctrl-C where there are no signals.
pub(super) struct Signals {
    #[cfg(unix)]
    terminate: actix_web::rt::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: actix_web::rt::signal::unix::Signal,
}

impl Signals {
    /// Listens from now on, instead of letting the system end the process.
    ///
    /// # Errors
    /// When the system does not let the process listen.
    #[cfg(unix)]
    pub(super) fn new() -> Result<Self> {
        use actix_web::rt::signal::unix::{SignalKind, signal};

        let listen = |kind| {
            signal(kind)
                .map_err(|error| Error::message(format!("cannot listen for signals: {error}")))
        };
        Ok(Signals {
            terminate: listen(SignalKind::terminate())?,
            interrupt: listen(SignalKind::interrupt())?,
        })
    }

    #[cfg(not(unix))]
    pub(super) fn new() -> Result<Self> {
        Ok(Signals {})
    }

    /// Waits for the next signal.
    #[cfg(unix)]
    pub(super) async fn next(&mut self) {
        let mut terminate = std::pin::pin!(self.terminate.recv());
        let mut interrupt = std::pin::pin!(self.interrupt.recv());
        std::future::poll_fn(|cx| {
            let terminated = terminate.as_mut().poll(cx).is_ready();
            let interrupted = interrupt.as_mut().poll(cx).is_ready();
            match terminated || interrupted {
                true => std::task::Poll::Ready(()),
                false => std::task::Poll::Pending,
            }
        })
        .await;
    }

    #[cfg(not(unix))]
    pub(super) async fn next(&mut self) {
        // A system that cannot tell stops the process itself.
        if actix_web::rt::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
