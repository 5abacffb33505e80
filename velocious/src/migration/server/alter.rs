//! Changes of a schema on a server, each of which is a statement or a few.

use std::sync::atomic::{AtomicBool, Ordering};

use super::catalog;
use super::ddl::Ddl;
use super::stored_column;
use crate::database::{Db, Dialect};
use crate::migration::definition::{
    Check, Column, DefaultValue, ExistingIndex, ForeignKey, Index, Table, index_name,
};
use crate::value::ValueKind;
use crate::{Error, Result};

/// The schema of a database on a server.
pub(crate) struct ServerSchema<'a> {
    db: &'a Db,
    ddl: Ddl,
    has_changed: &'a AtomicBool,
}

impl<'a> ServerSchema<'a> {
    pub(crate) fn new(db: &'a Db, has_changed: &'a AtomicBool) -> Self {
        ServerSchema {
            db,
            has_changed,
            ddl: Ddl(db.dialect()),
        }
    }

    fn is_mysql(&self) -> bool {
        self.ddl.0 == Dialect::Mysql
    }

    pub(crate) async fn tables(&self) -> Result<Vec<String>> {
        catalog::tables(self.db).await
    }

    pub(crate) async fn columns(&self, table: &str) -> Result<Vec<String>> {
        catalog::columns(self.db, table).await
    }

    pub(crate) async fn indexes(&self, table: &str) -> Result<Vec<ExistingIndex>> {
        catalog::indexes(self.db, table).await
    }

    pub(crate) async fn create_table(&self, table: &Table) -> Result<()> {
        self.run(&self.ddl.create_table(table)).await?;
        for index in table.indexes() {
            self.create_index(&index).await?;
        }
        Ok(())
    }

    pub(crate) async fn drop_table(&self, table: &str) -> Result<()> {
        self.run(&format!("DROP TABLE {}", self.ddl.name(table)))
            .await
    }

    /// Renames a table, and the indexes whose names say its old name.
    pub(crate) async fn rename_table(&self, from: &str, to: &str) -> Result<()> {
        let indexes = self.indexes(from).await?;
        let (old, new) = (self.ddl.name(from), self.ddl.name(to));
        self.run(&format!("ALTER TABLE {old} RENAME TO {new}"))
            .await?;
        for index in indexes {
            self.rename_index(&index, (from, to), &index.columns)
                .await?;
        }
        Ok(())
    }

    /// Adds columns, with the indexes and foreign keys they ask for.
    pub(crate) async fn add_columns(&self, table: &str, columns: Vec<Column>) -> Result<()> {
        self.refuse_empty_columns(table, &columns).await?;
        let name = self.ddl.name(table);
        for column in &columns {
            let definition = self.ddl.column(column, false);
            self.run(&format!("ALTER TABLE {name} ADD COLUMN {definition}"))
                .await?;
            if let Some(key) = &column.foreign_key {
                self.add_foreign_key(table, &column.name, key).await?;
            }
        }
        for index in columns.iter().filter_map(|column| column.index_on(table)) {
            self.create_index(&index).await?;
        }
        Ok(())
    }

    /// Refuses columns that would have no value in the rows that there are: MySQL would make one up.
    async fn refuse_empty_columns(&self, table: &str, columns: &[Column]) -> Result<()> {
        let empty = columns
            .iter()
            .find(|column| !column.is_nullable && column.default.is_none());
        match empty {
            Some(column) if catalog::count(self.db, &self.ddl.name(table), "1 = 1").await? > 0 => {
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
        for name in catalog::foreign_keys(self.db, table, column).await? {
            self.drop_foreign_key(table, &name).await?;
        }
        for index in self.indexes(table).await? {
            if index.columns.iter().any(|name| name == column) {
                self.drop_index(table, &index.name).await?;
            }
        }
        let (table, column) = (self.ddl.name(table), self.ddl.name(column));
        self.run(&format!("ALTER TABLE {table} DROP COLUMN {column}"))
            .await
    }

    /// Renames a column, and the indexes whose names say its old name.
    pub(crate) async fn rename_column(&self, table: &str, from: &str, to: &str) -> Result<()> {
        let indexes = self.indexes(table).await?;
        let (name, old, new) = (self.ddl.name(table), self.ddl.name(from), self.ddl.name(to));
        self.run(&format!("ALTER TABLE {name} RENAME COLUMN {old} TO {new}"))
            .await?;
        for index in indexes {
            let renamed = |column: &String| match column == from {
                true => to.to_owned(),
                false => column.clone(),
            };
            let columns: Vec<_> = index.columns.iter().map(renamed).collect();
            self.rename_index(&index, (table, table), &columns).await?;
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
        let (name, quoted) = (self.ddl.name(table), self.ddl.name(column));
        if !is_nullable {
            let condition = format!("{quoted} IS NULL");
            let count = catalog::count(self.db, &name, &condition).await?;
            if count > 0 {
                return Err(Error::message(format!(
                    "`{table}.{column}` is NULL in {count} row{}: give it a value there first",
                    if count == 1 { "" } else { "s" }
                )));
            }
        }
        if !self.is_mysql() {
            let change = if is_nullable { "DROP" } else { "SET" };
            let sql = format!("ALTER TABLE {name} ALTER COLUMN {quoted} {change} NOT NULL");
            return self.run(&sql).await;
        }
        let create_table = self.show_create_table(table).await?;
        // Sessions have ANSI_QUOTES, so that is how names are quoted there.
        let shown = Ddl(Dialect::Postgres).name(column);
        let definition = stored_column::with_nullability(&create_table, &shown, is_nullable)
            .ok_or_else(|| {
                Error::message(format!(
                    "`{table}.{column}` cannot be altered: the table's definition is `{create_table}`"
                ))
            })?;
        self.run(&format!(
            "ALTER TABLE {name} MODIFY COLUMN {quoted} {definition}"
        ))
        .await
    }

    async fn show_create_table(&self, table: &str) -> Result<String> {
        let sql = format!("SHOW CREATE TABLE {}", self.ddl.name(table));
        let kinds = [ValueKind::Text, ValueKind::Text];
        let rows = self.db.rows_sql(&sql, [], &kinds).await?;
        let definition = rows.into_iter().flatten().nth(1);
        match definition {
            Some(crate::value::Value::Text(text)) => Ok(text),
            _ => Err(Error::message(format!("`{sql}` answered nothing"))),
        }
    }

    /// Gives a column a default, or takes it away.
    pub(crate) async fn set_default(
        &self,
        table: &str,
        column: &str,
        default: Option<&DefaultValue>,
    ) -> Result<()> {
        let change = match default {
            Some(value) => format!("SET DEFAULT {}", self.ddl.default_value(value)),
            None => "DROP DEFAULT".to_owned(),
        };
        let (table, column) = (self.ddl.name(table), self.ddl.name(column));
        self.run(&format!(
            "ALTER TABLE {table} ALTER COLUMN {column} {change}"
        ))
        .await
    }

    pub(crate) async fn create_index(&self, index: &Index) -> Result<()> {
        self.run(&self.ddl.create_index(index)).await
    }

    pub(crate) async fn drop_index(&self, table: &str, name: &str) -> Result<()> {
        let (table, name) = (self.ddl.name(table), self.ddl.name(name));
        self.run(&match self.is_mysql() {
            true => format!("DROP INDEX {name} ON {table}"),
            false => format!("DROP INDEX {name}"),
        })
        .await
    }

    pub(crate) async fn add_foreign_key(
        &self,
        table: &str,
        column: &str,
        key: &ForeignKey,
    ) -> Result<()> {
        let constraint = self.ddl.foreign_key(table, column, key);
        let table = self.ddl.name(table);
        self.run(&format!("ALTER TABLE {table} ADD {constraint}"))
            .await
    }

    pub(crate) async fn remove_foreign_key(&self, table: &str, column: &str) -> Result<()> {
        let names = catalog::foreign_keys(self.db, table, column).await?;
        if names.is_empty() {
            return Err(Error::message(format!(
                "`{table}.{column}` has no foreign key of its own"
            )));
        }
        for name in names {
            self.drop_foreign_key(table, &name).await?;
        }
        Ok(())
    }

    async fn drop_foreign_key(&self, table: &str, name: &str) -> Result<()> {
        let (table, name) = (self.ddl.name(table), self.ddl.name(name));
        let what = match self.is_mysql() {
            true => "FOREIGN KEY",
            false => "CONSTRAINT",
        };
        self.run(&format!("ALTER TABLE {table} DROP {what} {name}"))
            .await
    }

    pub(crate) async fn add_check(&self, table: &str, check: &Check) -> Result<()> {
        let check = self.ddl.check(check);
        let table = self.ddl.name(table);
        self.run(&format!("ALTER TABLE {table} ADD {check}")).await
    }

    pub(crate) async fn remove_check(&self, table: &str, name: &str) -> Result<()> {
        let (table, name) = (self.ddl.name(table), self.ddl.name(name));
        self.run(&format!("ALTER TABLE {table} DROP CONSTRAINT {name}"))
            .await
    }

    /// Gives an index the name it would have been given had its table and columns always been called so. An index
    /// that somebody has named otherwise keeps its name.
    async fn rename_index(
        &self,
        index: &ExistingIndex,
        (old_table, new_table): (&str, &str),
        new_columns: &[String],
    ) -> Result<()> {
        let wanted = index_name(new_table, new_columns);
        if index.name != index_name(old_table, &index.columns) || index.name == wanted {
            return Ok(());
        }
        let (old, new) = (self.ddl.name(&index.name), self.ddl.name(&wanted));
        let table = self.ddl.name(new_table);
        self.run(&match self.is_mysql() {
            true => format!("ALTER TABLE {table} RENAME INDEX {old} TO {new}"),
            false => format!("ALTER INDEX {old} RENAME TO {new}"),
        })
        .await
    }

    async fn run(&self, sql: &str) -> Result<()> {
        self.db.batch(sql).await?;
        self.has_changed.store(true, Ordering::Relaxed);
        Ok(())
    }
}
