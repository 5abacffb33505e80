//! How the schema of PostgreSQL and MySQL is changed.
//!
//! * [`ddl`]: definitions as SQL; [`catalog`]: what is there; [`alter`]: the changes; [`structure`]: the outcome as SQL.
//! * [`stored_column`]: a column's own definition, for the change that MySQL wants all of it for.

mod alter;
mod catalog;
mod ddl;
mod stored_column;
mod structure;

pub(super) use alter::ServerSchema;
pub(super) use catalog::described_columns;
pub(super) use structure::statements;
