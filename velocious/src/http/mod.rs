//! HTTP: what happens to a request on its way to an action and back.
//!
//! * [`Cookie`]: a cookie to set; `seal`: encrypted values;
//! * `dispatch`: the one function every request goes through; `panic`: panics as errors;
//! * `state`: what a request gathers on its way; `accept`: which kind of answer it asks for;
//! * `error`: the framework's error as an answer.

pub(crate) mod accept;
mod base64;
pub(crate) mod cookie;
pub(crate) mod dispatch;
mod error;
mod panic;
pub(crate) mod seal;
pub(crate) mod state;

pub use cookie::{Cookie, SameSite};
