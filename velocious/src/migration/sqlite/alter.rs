//! Changes of an SQLite schema.
//!
//! SQLite can add, rename and drop columns. For everything else the table is made anew: a table with the changed
//! definition takes over the rows, the name, the indexes and the triggers. Foreign keys have to be off meanwhile
//! (dropping the old table would delete the rows that refer to it), which is how migrations run.

use super::catalog::{self, StoredIndex};
use super::ddl;
use super::stored_table::StoredTable;
use crate::database::Db;
use crate::migration::definition::{
    Check, Column, DefaultValue, ForeignKey, Index, Literal, Table, Uniqueness, index_name,
};
use crate::{Error, Result};

/// The schema of an SQLite database.
pub(crate) struct SqliteSchema<'a> {
    db: &'a Db,
}

impl<'a> SqliteSchema<'a> {
    pub(crate) fn new(db: &'a Db) -> Self {
        SqliteSchema { db }
    }

    pub(crate) async fn tables(&self) -> Result<Vec<String>> {
        catalog::tables(self.db).await
    }

    pub(crate) async fn columns(&self, table: &str) -> Result<Vec<String>> {
        catalog::columns(self.db, table).await
    }

    pub(crate) async fn indexes(&self, table: &str) -> Result<Vec<StoredIndex>> {
        catalog::indexes(self.db, table).await
    }

    pub(crate) async fn create_table(&self, table: &Table) -> Result<()> {
        self.run(&ddl::create_table(table)).await?;
        for index in table.indexes() {
            self.create_index(&index).await?;
        }
        Ok(())
    }

    pub(crate) async fn drop_table(&self, table: &str) -> Result<()> {
        self.run(&format!("DROP TABLE {}", ddl::name(table))).await
    }

    /// Renames a table, and the indexes whose names say its old name.
    pub(crate) async fn rename_table(&self, from: &str, to: &str) -> Result<()> {
        let indexes = self.indexes(from).await?;
        let (old, new) = (ddl::name(from), ddl::name(to));
        self.run(&format!("ALTER TABLE {old} RENAME TO {new}"))
            .await?;
        for index in indexes {
            self.rename_index(&index, from, to, &index.columns).await?;
        }
        Ok(())
    }

    /// Adds columns, with the indexes they ask for.
    pub(crate) async fn add_columns(&self, table: &str, columns: Vec<Column>) -> Result<()> {
        let indexes: Vec<_> = columns
            .iter()
            .filter_map(|column| column.index_on(table))
            .collect();
        let (simple, others): (Vec<_>, Vec<_>) = columns.into_iter().partition(can_be_added);
        for column in &simple {
            let (name, column) = (ddl::name(table), ddl::column(column, false));
            self.run(&format!("ALTER TABLE {name} ADD COLUMN {column}"))
                .await?;
        }
        if !others.is_empty() {
            self.refuse_empty_columns(table, &others).await?;
            self.rebuild(table, |stored| {
                for column in &others {
                    stored.add_column(&column.name, ddl::column(column, false));
                }
                Ok(())
            })
            .await?;
        }
        for index in indexes {
            self.create_index(&index).await?;
        }
        Ok(())
    }

    /// Refuses columns that would have no value in the rows that there are.
    async fn refuse_empty_columns(&self, table: &str, columns: &[Column]) -> Result<()> {
        let empty = columns
            .iter()
            .find(|column| !column.is_nullable && column.default.is_none());
        match empty {
            Some(column) if catalog::count(self.db, table, "1").await? > 0 => {
                Err(Error::message(format!(
                    "`{table}` has rows, which would have no value for `{}`: give it a `default_value`, or add it without `null(false)`, fill it, and call `change_column_null`",
                    column.name
                )))
            }
            _ => Ok(()),
        }
    }

    /// Removes a column, with its indexes and foreign keys.
    pub(crate) async fn remove_column(&self, table: &str, column: &str) -> Result<()> {
        for index in self.indexes(table).await? {
            if index
                .columns
                .iter()
                .any(|name| name.eq_ignore_ascii_case(column))
            {
                self.drop_index(&index.name).await?;
            }
        }
        if !catalog::references(self.db, table, column)
            .await?
            .is_empty()
        {
            self.remove_foreign_key(table, column).await?;
        }
        let (table, column) = (ddl::name(table), ddl::name(column));
        self.run(&format!("ALTER TABLE {table} DROP COLUMN {column}"))
            .await
    }

    /// Renames a column, and the indexes whose names say its old name.
    pub(crate) async fn rename_column(&self, table: &str, from: &str, to: &str) -> Result<()> {
        let indexes = self.indexes(table).await?;
        let (name, old, new) = (ddl::name(table), ddl::name(from), ddl::name(to));
        self.run(&format!("ALTER TABLE {name} RENAME COLUMN {old} TO {new}"))
            .await?;
        for index in indexes {
            let renamed = |column: &String| match column.eq_ignore_ascii_case(from) {
                true => to.to_owned(),
                false => column.clone(),
            };
            let columns: Vec<_> = index.columns.iter().map(renamed).collect();
            self.rename_index(&index, table, table, &columns).await?;
        }
        Ok(())
    }

    /// Lets a column be NULL, or not.
    pub(crate) async fn set_nullable(
        &self,
        table: &str,
        column: &str,
        is_nullable: bool,
    ) -> Result<()> {
        if !is_nullable {
            let condition = format!("{} IS NULL", ddl::name(column));
            let count = catalog::count(self.db, table, &condition).await?;
            if count > 0 {
                return Err(Error::message(format!(
                    "`{table}.{column}` is NULL in {count} row{}: give it a value there first",
                    if count == 1 { "" } else { "s" }
                )));
            }
        }
        self.rebuild(table, |stored| {
            stored.set_nullable(column, is_nullable);
            Ok(())
        })
        .await
    }

    /// Gives a column a default, or takes it away.
    pub(crate) async fn set_default(
        &self,
        table: &str,
        column: &str,
        default: Option<&DefaultValue>,
    ) -> Result<()> {
        let default = default.map(ddl::default_value);
        self.rebuild(table, |stored| {
            stored.set_default(column, default.as_deref());
            Ok(())
        })
        .await
    }

    pub(crate) async fn create_index(&self, index: &Index) -> Result<()> {
        self.run(&ddl::create_index(index)).await
    }

    pub(crate) async fn drop_index(&self, name: &str) -> Result<()> {
        self.run(&format!("DROP INDEX {}", ddl::name(name))).await
    }

    pub(crate) async fn add_foreign_key(
        &self,
        table: &str,
        column: &str,
        key: &ForeignKey,
    ) -> Result<()> {
        self.rebuild(table, |stored| {
            stored.add_constraint(ddl::foreign_key(column, key));
            Ok(())
        })
        .await
    }

    pub(crate) async fn remove_foreign_key(&self, table: &str, column: &str) -> Result<()> {
        self.rebuild(table, |stored| match stored.remove_foreign_keys(column) {
            true => Ok(()),
            false => Err(Error::message(format!(
                "`{table}.{column}` has no foreign key of its own"
            ))),
        })
        .await
    }

    pub(crate) async fn add_check(&self, table: &str, check: &Check) -> Result<()> {
        self.rebuild(table, |stored| {
            stored.add_constraint(ddl::check(check));
            Ok(())
        })
        .await
    }

    pub(crate) async fn remove_check(&self, table: &str, name: &str) -> Result<()> {
        self.rebuild(table, |stored| match stored.remove_constraint(name) {
            true => Ok(()),
            false => Err(Error::message(format!("`{table}` has no check `{name}`"))),
        })
        .await
    }

    /// Gives an index the name it would have been given had its table and columns always been called so. An index
    /// that somebody has named or written differently keeps its name.
    async fn rename_index(
        &self,
        index: &StoredIndex,
        old_table: &str,
        new_table: &str,
        new_columns: &[String],
    ) -> Result<()> {
        let is_ours = |uniqueness| {
            let columns: Vec<_> = index.columns.iter().map(String::as_str).collect();
            ddl::create_index(&Index::new(old_table, &columns, uniqueness)) == index.sql
        };
        let uniqueness = match () {
            () if is_ours(Uniqueness::MayRepeat) => Uniqueness::MayRepeat,
            () if is_ours(Uniqueness::Unique) => Uniqueness::Unique,
            () => return Ok(()),
        };
        if index.name == index_name(new_table, new_columns) {
            return Ok(());
        }
        self.drop_index(&index.name).await?;
        let columns: Vec<_> = new_columns.iter().map(String::as_str).collect();
        self.create_index(&Index::new(new_table, &columns, uniqueness))
            .await
    }

    /// Makes a table anew with a changed definition.
    async fn rebuild(
        &self,
        table: &str,
        change: impl FnOnce(&mut StoredTable) -> Result<()>,
    ) -> Result<()> {
        let sql = catalog::create_table_sql(self.db, table)
            .await?
            .unwrap_or_default();
        let mut stored = StoredTable::parse(&sql).ok_or_else(|| {
            Error::message(format!(
                "`{table}` cannot be altered: its definition is `{sql}`"
            ))
        })?;
        change(&mut stored)?;
        let columns = ddl::names(&catalog::plain_columns(self.db, table).await?);
        let satellites = catalog::satellites(self.db, table).await?;
        let (old, new) = (
            ddl::name(table),
            ddl::name(&format!("velocious_new_{table}")),
        );
        self.run(&stored.create(&new)).await?;
        self.run(&format!(
            "INSERT INTO {new} ({columns}) SELECT {columns} FROM {old}"
        ))
        .await?;
        self.run(&format!("DROP TABLE {old}")).await?;
        self.take_name(&new, &old).await?;
        for satellite in satellites {
            self.run(&satellite).await?;
        }
        Ok(())
    }

    /// Renames a table without a look at the views and triggers that mention the name, which is missing just now.
    async fn take_name(&self, from: &str, to: &str) -> Result<()> {
        let renamed = self
            .run(&format!(
                "PRAGMA legacy_alter_table = ON; ALTER TABLE {from} RENAME TO {to}; PRAGMA legacy_alter_table = OFF"
            ))
            .await;
        if renamed.is_err() {
            self.run("PRAGMA legacy_alter_table = OFF").await?;
        }
        renamed
    }

    async fn run(&self, sql: &str) -> Result<()> {
        self.db.batch(sql).await
    }
}

/// Whether `ALTER TABLE … ADD COLUMN` takes the column.
fn can_be_added(column: &Column) -> bool {
    let is_constant = !matches!(
        column.default,
        Some(DefaultValue(Literal::Sql(_) | Literal::NewUuid))
    );
    let has_value = column.is_nullable || column.default.is_some();
    let refers_by_default = column.foreign_key.is_some() && column.default.is_some();
    is_constant && has_value && !refers_by_default && !column.is_primary_key
}
