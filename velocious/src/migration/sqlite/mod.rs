//! How SQLite's schema is changed.
//!
//! * [`ddl`]: definitions as SQL; [`catalog`]: what is there; [`alter`]: the changes.
//! * [`stored_table`] and [`tokens`]: a table's own definition, for the changes SQLite has no statement for.

mod alter;
mod catalog;
mod ddl;
mod stored_table;
mod tokens;

pub(super) use alter::SqliteSchema;
pub(super) use catalog::described_columns;
