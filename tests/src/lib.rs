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
pub use raw::{RawAnswer, exchange};
pub use server::{Server, ServerOptions};

use std::time::{Duration, Instant};

/// How long anything is waited for. Nothing takes a second on a machine that does nothing else; the tests run on any, and
/// beside others.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// Asks `condition` every 20 ms until it gives a value, for [`PATIENCE`] at most.
///
/// # Panics
/// When the time is over, with `what` in the message.
pub fn eventually<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(Instant::now() < deadline, "{what}: not within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
