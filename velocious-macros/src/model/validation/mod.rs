//! `#[validate(…)]`: rules for the values of a record.
//!
//! * [`args`]: the options as written.
//! * [`rule`]: the rules as meant, and what is said of those that mean nothing; [`number`]: those about numbers.
//! * [`expand`]: the rules as Rust.

mod args;
mod expand;
mod number;
mod rule;

pub(super) use args::ValidateOptions;
pub(super) use expand::{assertions, methods, validation};
pub(super) use rule::{Validations, validations};
