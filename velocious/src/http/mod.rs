//! HTTP: what happens to a request on its way to an action and back.
//!
//! * `dispatch`: the one function every request goes through; `worker`: what a thread needs for it; `mounted`: the same
//!   for services of actix below a path;
//! * `client`: whom a request is from, and whom it is meant for;
//! * `guard`, `form_method`, `deadline`: what is looked at before a request is routed; `time_limit`: how long it may take;
//! * `state`: what a request gathers on its way; [`Cookie`], `seal`: cookies, and encrypted values in them; `session`; `ended`: what was taken back;
//! * `cors`: pages of other origins;
//! * `csrf`: tokens by which forms are known as our own; `current`: the request that a task is at work on;
//! * `accept`: which kind of answer is asked for, `encoding`: and how it may be sent, `compression`: shorter; `headers`: what every answer carries;
//! * `error`, `error_page`, `panic`, `source`: what goes wrong, and where; `page`, `welcome`, `pending`: the framework's own pages;
//! * `file`: files of `public/`, `asset`: their digests; `condition`: what is asked of a file; `health`: `/up`.

pub(crate) mod accept;
pub(crate) mod asset;
mod base64;
pub(crate) mod client;
#[cfg(feature = "compression")]
mod compression;
pub(crate) mod condition;
pub(crate) mod cookie;
mod cors;
pub(crate) mod csrf;
pub(crate) mod current;
mod deadline;
pub(crate) mod dispatch;
mod encoding;
pub(crate) mod ended;
mod error;
mod error_page;
pub(crate) mod file;
mod form_method;
mod guard;
pub(crate) mod headers;
mod health;
pub(crate) mod mounted;
mod page;
mod panic;
mod pending;
pub(crate) mod seal;
pub(crate) mod session;
mod source;
pub(crate) mod state;
#[cfg(test)]
mod tests;
mod time_limit;
mod welcome;
pub(crate) mod worker;

pub use cookie::{Cookie, SameSite};

pub(crate) use panic::{CatchPanic, Panicked, catch_panics, said};
pub(crate) use session::{hash_text, random_text};
