//! The log.
//!
//! * `filter`: which parameters are never written down.

mod filter;

pub(crate) use filter::{is_secret_name, without_secrets};
