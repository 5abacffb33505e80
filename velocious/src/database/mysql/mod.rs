//! MySQL and MariaDB: one connection, its errors, the decoding of its columns.
//!
//! What they have in common with PostgreSQL (the pool, transactions) is in `remote`.

pub(super) mod cell;
mod connection;
mod failure;
mod flavour;

pub(super) use connection::{MysqlCancel, MysqlConn, commits_implicitly};
