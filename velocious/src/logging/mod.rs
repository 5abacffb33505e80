//! The log: what `tracing` is told, written to the console and to a file.
//!
//! * [`start`]: from then on events are written; `subscriber`: which ones, and how;
//! * [`Logger`]: writes in the name of a part of the application;
//! * `request`: the lines about a request; `filter`: what is never written down.
//!
//! An application that wants its events elsewhere sets a global subscriber of its own before `velocious::run`, which
//! then stays.

mod filter;
mod logger;
mod request;
mod subscriber;

pub(crate) use filter::{is_secret_name, one_line, without_secrets};
pub use logger::Logger;
pub(crate) use request::{RequestLog, is_read as requests_are_read};
pub(crate) use subscriber::start;
#[cfg(test)]
pub(crate) use subscriber::{logged, logged_as};
