//! What the acceptance tests are written with: real processes, real sockets, a real browser.
//!
//! `program` builds and finds the programs of the workspace, `folder` makes temporary folders, `process` owns a child
//! process, `server` starts an application on a free port, `http` is the client for well-formed requests and `raw` the
//! one for the others, `browser` drives Chromium.

mod browser;
mod folder;
mod http;
mod process;
mod program;
mod raw;
mod server;

pub use browser::{Browser, Element};
pub use folder::TemporaryFolder;
pub use http::{Answer, HttpClient};
pub use process::Process;
pub use program::{cargo, program, target, workspace};
pub use raw::{RawAnswer, exchange, exchange_all};
pub use server::{Server, ServerOptions};

use std::time::{Duration, Instant};

/// Asks `condition` every 20 ms until it gives a value, for at most `limit`.
///
/// # Panics
/// When the time is over, with `what` in the message.
pub fn eventually<T>(what: &str, limit: Duration, mut condition: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(Instant::now() < deadline, "{what}: not within {limit:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
