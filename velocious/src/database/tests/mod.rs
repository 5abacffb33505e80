//! The database from outside: statements, transactions, groups and several programs at once.
//!
//! [`support`] runs futures without a runtime.

mod concurrency;
mod opening;
mod processes;
mod statements;
pub(crate) mod support;
mod transactions;
