//! The schema as the database at hand changes it.

use std::sync::atomic::AtomicBool;

use super::definition::{Check, Column, DefaultValue, ExistingIndex, ForeignKey, Index, Table};
use super::server::ServerSchema;
use super::sqlite::SqliteSchema;
use crate::Result;
use crate::database::{Db, Dialect};

/// The schema of a database of one kind or another.
pub(super) enum DialectSchema<'a> {
    Sqlite(SqliteSchema<'a>),
    Server(ServerSchema<'a>),
}

/// Hands a call to the one there is.
macro_rules! either {
    ($schema:ident, $one:ident => $call:expr) => {
        match $schema {
            DialectSchema::Sqlite($one) => $call,
            DialectSchema::Server($one) => $call,
        }
    };
}

impl<'a> DialectSchema<'a> {
    /// The schema of `db`; `has_changed` is set as soon as something in it has changed, where that cannot be undone.
    pub(super) fn new(db: &'a Db, has_changed: &'a AtomicBool) -> Self {
        match db.dialect() {
            Dialect::Sqlite => DialectSchema::Sqlite(SqliteSchema::new(db)),
            Dialect::Postgres | Dialect::Mysql => {
                DialectSchema::Server(ServerSchema::new(db, has_changed))
            }
        }
    }

    pub(super) async fn tables(&self) -> Result<Vec<String>> {
        either!(self, schema => schema.tables().await)
    }

    pub(super) async fn columns(&self, table: &str) -> Result<Vec<String>> {
        either!(self, schema => schema.columns(table).await)
    }

    pub(super) async fn indexes(&self, table: &str) -> Result<Vec<ExistingIndex>> {
        match self {
            DialectSchema::Sqlite(schema) => {
                let stored = schema.indexes(table).await?;
                Ok(stored.into_iter().map(ExistingIndex::from).collect())
            }
            DialectSchema::Server(schema) => schema.indexes(table).await,
        }
    }

    pub(super) async fn create_table(&self, table: &Table) -> Result<()> {
        either!(self, schema => schema.create_table(table).await)
    }

    pub(super) async fn drop_table(&self, table: &str) -> Result<()> {
        either!(self, schema => schema.drop_table(table).await)
    }

    pub(super) async fn rename_table(&self, from: &str, to: &str) -> Result<()> {
        either!(self, schema => schema.rename_table(from, to).await)
    }

    pub(super) async fn add_columns(&self, table: &str, columns: Vec<Column>) -> Result<()> {
        either!(self, schema => schema.add_columns(table, columns).await)
    }

    pub(super) async fn remove_column(&self, table: &str, column: &str) -> Result<()> {
        either!(self, schema => schema.remove_column(table, column).await)
    }

    pub(super) async fn rename_column(&self, table: &str, from: &str, to: &str) -> Result<()> {
        either!(self, schema => schema.rename_column(table, from, to).await)
    }

    pub(super) async fn set_nullable(
        &self,
        table: &str,
        column: &str,
        is_nullable: bool,
    ) -> Result<()> {
        either!(self, schema => schema.set_nullable(table, column, is_nullable).await)
    }

    pub(super) async fn set_default(
        &self,
        table: &str,
        column: &str,
        default: Option<&DefaultValue>,
    ) -> Result<()> {
        either!(self, schema => schema.set_default(table, column, default).await)
    }

    pub(super) async fn create_index(&self, index: &Index) -> Result<()> {
        either!(self, schema => schema.create_index(index).await)
    }

    pub(super) async fn drop_index(&self, table: &str, name: &str) -> Result<()> {
        match self {
            DialectSchema::Sqlite(schema) => schema.drop_index(name).await,
            DialectSchema::Server(schema) => schema.drop_index(table, name).await,
        }
    }

    pub(super) async fn add_foreign_key(
        &self,
        table: &str,
        column: &str,
        key: &ForeignKey,
    ) -> Result<()> {
        either!(self, schema => schema.add_foreign_key(table, column, key).await)
    }

    pub(super) async fn add_check(&self, table: &str, check: &Check) -> Result<()> {
        either!(self, schema => schema.add_check(table, check).await)
    }

    pub(super) async fn remove_check(&self, table: &str, name: &str) -> Result<()> {
        either!(self, schema => schema.remove_check(table, name).await)
    }

    pub(super) async fn remove_foreign_key(&self, table: &str, column: &str) -> Result<()> {
        either!(self, schema => schema.remove_foreign_key(table, column).await)
    }
}
