//! PostgreSQL: one connection, its errors, the decoding of its columns.
//!
//! What it has in common with MySQL (the pool, transactions) is in `remote`.

pub(super) mod cell;
mod connection;
mod failure;

pub(super) use connection::{PostgresCancel, PostgresConn};
