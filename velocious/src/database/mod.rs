//! Databases: connections, transactions, statements and rows.
//!
//! * [`Db`]: the handle everything goes through; [`DatabaseOptions`]: how it is opened; [`DatabaseError`]: what it
//!   fails with.
//! * [`statement`]: what is run; [`row`]: what comes back.
//! * `engine`: the drivers behind the handle: `sqlite`; `postgres` and `mysql`, which share `remote`.
//! * [`TransactionOptions`]: how a transaction runs; `current`: the database of a task; `stream`: rows as they come.
//! * `verb`: what a statement does; `clock`: the log; `listening`: who is told beside it; `instant`: the time in a browser; `raw_rows`: rows of queries
//!   written by hand; `wording`: sentences of errors.

mod clock;
mod create;
pub(crate) mod current;
mod db;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod diesel;
mod engine;
mod error;
#[cfg(target_family = "wasm")]
mod instant;
#[cfg(feature = "server")]
pub(crate) mod listening;
#[cfg(feature = "mysql")]
mod mysql;
mod options;
#[cfg(feature = "postgres")]
mod postgres;
pub(crate) mod raw_rows;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod remote;
pub mod row;
#[cfg(feature = "sqlite")]
mod sqlite;
pub mod statement;
pub(crate) mod stream;
#[cfg(all(test, feature = "sqlite"))]
pub(crate) mod tests;
mod transaction;
mod url;
mod verb;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod wording;

pub use db::Db;
pub use engine::Isolation;
pub(crate) use engine::{BeginOptions, Inserted};
pub use error::{DatabaseError, DatabaseErrorKind};
pub use options::{DatabaseOptions, Reads};
pub use row::{Cell, RowRead, RowSink};
pub use statement::Statement;
pub use transaction::TransactionOptions;

#[cfg(target_family = "wasm")]
pub(crate) use instant::Instant;
#[cfg(not(target_family = "wasm"))]
pub(crate) use std::time::Instant;

/// Which SQL a database speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// SQLite 3.35 or later.
    Sqlite,
    /// PostgreSQL 12 or later.
    Postgres,
    /// MariaDB 10.5 or later, MySQL 8.0.17 or later.
    Mysql,
}

impl Dialect {
    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Dialect::Sqlite => "SQLite",
            Dialect::Postgres => "PostgreSQL",
            Dialect::Mysql => "MySQL",
        }
    }
}
