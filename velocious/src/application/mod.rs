//! The application: what it consists of, how it boots and how it is served.
//!
//! * [`Application`]: the parts, as the application's code names them; built by [`application!`](crate::application!);
//! * [`App`]: the application once it has booted, with its configuration and its database;
//! * [`ErrorEvents`]: who is told when something goes wrong;
//! * `boot`: environment, folder and configuration, found before anything is opened;
//! * `server`: workers, and how they stop; `door`, `local_socket`: sockets; `connection`, `gate`: what comes in by them; `signal`:
//!   signals.

mod app;
mod boot;
mod builder;
mod connection;
mod door;
mod error_events;
mod gate;
#[cfg(unix)]
mod local_socket;
pub(crate) mod server;
mod signal;
#[cfg(all(test, unix))]
mod tests;

pub use app::App;
pub use builder::{Application, Layout};
pub use error_events::{ErrorContext, ErrorEvent, ErrorEvents};

pub(crate) use boot::{Boot, Given};
