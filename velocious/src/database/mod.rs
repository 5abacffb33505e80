//! Databases: connections, transactions, statements and rows.
//!
//! * [`statement`]: what is run; [`row`]: what comes back.

pub mod row;
pub mod statement;

use std::fmt;

pub use row::{Cell, RowRead, RowSink};
pub use statement::Statement;

use crate::value::{Value, ValueKind};
use crate::{Error, Result};

/// Which SQL a database speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// SQLite 3.35 or later.
    Sqlite,
}

/// A database: a pool of connections, or the one connection of a transaction. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {}

impl Db {
    /// Which SQL it speaks.
    pub fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    pub(crate) async fn fetch(
        &self,
        _statement: Statement,
        sink: Box<dyn RowSink>,
    ) -> Result<Box<dyn RowSink>> {
        Ok(sink)
    }

    pub(crate) async fn execute(&self, _statement: Statement) -> Result<usize> {
        Err(Error::message("not connected"))
    }

    /// Runs several statements without binds.
    pub async fn batch(&self, _sql: &str) -> Result<()> {
        Err(Error::message("not connected"))
    }

    /// Runs `work` in a transaction.
    pub async fn transaction<T, F: AsyncFnOnce(Db) -> Result<T>>(&self, work: F) -> Result<T> {
        work(self.clone()).await
    }

    /// Raw rows.
    pub async fn rows_sql(
        &self,
        _sql: &str,
        _binds: impl IntoIterator<Item = Value>,
        _columns: &[ValueKind],
    ) -> Result<Vec<Vec<Value>>> {
        Err(Error::message("not connected"))
    }
}

/// What the database refused or failed at.
#[derive(Debug)]
#[non_exhaustive]
pub struct DatabaseError {}

impl DatabaseError {
    /// The columns of the unique index that refused a row; `None` for every other error.
    pub fn unique_columns(&self) -> Option<&[String]> {
        None
    }

    /// The HTTP status it becomes.
    pub fn status(&self) -> u16 {
        500
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("database error")
    }
}

impl std::error::Error for DatabaseError {}
