//! Databases: connections, transactions, statements and rows.
//!
//! * [`Db`]: the handle everything goes through; [`DatabaseOptions`]: how it is opened; [`DatabaseError`]: what it
//!   fails with.
//! * [`statement`]: what is run; [`row`]: what comes back.
//! * `engine`: the drivers behind the handle, of which `sqlite` is one.
//! * `verb`: what a statement does; `clock`: the log; `raw_rows`: rows of queries written by hand.

mod clock;
mod db;
mod engine;
mod error;
mod options;
mod raw_rows;
pub mod row;
#[cfg(feature = "sqlite")]
mod sqlite;
pub mod statement;
#[cfg(all(test, feature = "sqlite"))]
pub(crate) mod tests;
mod verb;

pub use db::Db;
pub(crate) use engine::BeginOptions;
pub use error::{DatabaseError, DatabaseErrorKind};
pub use options::{DatabaseOptions, Reads};
pub use row::{Cell, RowRead, RowSink};
pub use statement::Statement;

/// Which SQL a database speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// SQLite 3.35 or later.
    Sqlite,
}
