//! HTTP: what happens to a request on its way to an action and back.
//!
//! * [`dispatch`]: the one function every request goes through.

pub(crate) mod dispatch;
mod error;
mod panic;
