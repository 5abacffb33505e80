//! PostgreSQL: one connection, its errors, the decoding of its columns and the encoding of binds that only it has.
//!
//! What it has in common with MySQL (the pool, transactions) is in `remote`.

pub(super) mod bind;
pub(super) mod cell;
mod connection;
mod failure;
mod numeric;

pub(super) use connection::{PostgresCancel, PostgresConn};
