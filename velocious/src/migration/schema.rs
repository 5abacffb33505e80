//! What a migration changes: [`Schema`].

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::definition::{
    Check, DefaultValue, Index, OnDelete, OnUpdate, Uniqueness, index_name, reference_column,
    referenced_table,
};
use super::dialect::DialectSchema;
use super::request::{AddForeignKey, AddIndex};
use super::reverse::Undo;
use super::table::{ColumnBuilder, TableBuilder};
use crate::database::Db;
use crate::{Error, Result};

/// The schema of a database, as `up` and `down` of a migration get it.
///
/// Everything happens in the migration's transaction; on SQLite foreign keys are checked at its end. On MySQL, which
/// commits each change of a schema by itself, it happens at once.
#[derive(Debug)]
pub struct Schema {
    db: Db,
    /// Whether anything may have changed, which is asked where it cannot be undone.
    has_changed: Arc<AtomicBool>,
    /// While the reverse of a `change` is looked for: what takes back each of its steps.
    pub(super) undos: Option<Vec<Undo>>,
}

impl Schema {
    pub(crate) fn new(db: Db) -> Self {
        Self::watched(db, Arc::default())
    }

    /// A schema that says in `has_changed` whether anything in it has changed.
    pub(super) fn watched(db: Db, has_changed: Arc<AtomicBool>) -> Self {
        Schema {
            db,
            has_changed,
            undos: None,
        }
    }

    /// The migration's transaction, for changing rows; on MySQL the migration's connection.
    pub fn db(&self) -> &Db {
        // What is done with it, nobody knows.
        self.has_changed.store(true, Ordering::Relaxed);
        &self.db
    }

    /// Creates a table, with the indexes that its columns ask for.
    ///
    /// # Errors
    /// When the columns contradict each other, or the database refuses.
    pub async fn create_table(
        &mut self,
        name: &str,
        define: impl FnOnce(&mut TableBuilder),
    ) -> Result<()> {
        if self.is_noted(|| Undo::DropTable(name.to_owned())) {
            return Ok(());
        }
        let mut builder = TableBuilder::new(name);
        define(&mut builder);
        let table = builder.finish()?;
        self.dialect().create_table(&table).await
    }

    /// Drops a table.
    ///
    /// # Errors
    /// When there is none of that name.
    pub async fn drop_table(&mut self, name: &str) -> Result<()> {
        self.refuse_to_reverse("drop_table")?;
        self.find_table(name).await?;
        self.dialect().drop_table(name).await
    }

    /// Renames a table, with the indexes that are named after it.
    ///
    /// # Errors
    /// When there is none of that name.
    pub async fn rename_table(&mut self, from: &str, to: &str) -> Result<()> {
        if self.is_noted(|| Undo::RenameTable(to.to_owned(), from.to_owned())) {
            return Ok(());
        }
        self.find_table(from).await?;
        self.dialect().rename_table(from, to).await
    }

    /// Adds columns to a table, with the indexes they ask for.
    ///
    /// # Errors
    /// When there is no such table, a column is there already, or rows would have no value for one.
    pub async fn change_table(
        &mut self,
        name: &str,
        define: impl FnOnce(&mut TableBuilder),
    ) -> Result<()> {
        let mut builder = TableBuilder::new(name);
        define(&mut builder);
        let additions = builder.finish_additions()?;
        if let Some(key) = additions
            .columns
            .iter()
            .find(|column| column.is_primary_key)
        {
            return Err(Error::message(format!(
                "`{}` cannot become a primary key of `{name}`: a table has the one it was created with",
                key.name
            )));
        }
        if self.undos.is_some() {
            for column in additions.columns {
                self.is_noted(|| Undo::RemoveColumn(name.to_owned(), column.name));
            }
            for check in additions.checks {
                self.is_noted(|| Undo::RemoveCheck(name.to_owned(), check.name));
            }
            return Ok(());
        }
        self.find_table(name).await?;
        let known = self.dialect().columns(name).await?;
        let is_known = |column: &str| known.iter().any(|one| one.eq_ignore_ascii_case(column));
        if let Some(twice) = additions
            .columns
            .iter()
            .find(|column| is_known(&column.name))
        {
            return Err(Error::message(format!(
                "`{name}` already has a column `{}`",
                twice.name
            )));
        }
        self.dialect().add_columns(name, additions.columns).await?;
        for check in &additions.checks {
            self.dialect().add_check(name, check).await?;
        }
        Ok(())
    }

    /// Adds one column: `m.add_column("tasks", |t| t.date("due_on"))`.
    ///
    /// # Errors
    /// As [`Schema::change_table`].
    pub async fn add_column(
        &mut self,
        table: &str,
        define: impl for<'t> FnOnce(&'t mut TableBuilder) -> &'t mut ColumnBuilder,
    ) -> Result<()> {
        self.change_table(table, |t| {
            define(t);
        })
        .await
    }

    /// Removes a column, with its indexes and foreign keys.
    ///
    /// # Errors
    /// When there is none of that name, or something else needs it.
    pub async fn remove_column(&mut self, table: &str, column: &str) -> Result<()> {
        self.refuse_to_reverse("remove_column")?;
        self.find_columns(table, &[column]).await?;
        self.dialect().remove_column(table, column).await
    }

    /// Renames a column, with the indexes that are named after it.
    ///
    /// # Errors
    /// When there is none of that name.
    pub async fn rename_column(&mut self, table: &str, from: &str, to: &str) -> Result<()> {
        let undo = || Undo::RenameColumn(table.to_owned(), to.to_owned(), from.to_owned());
        if self.is_noted(undo) {
            return Ok(());
        }
        self.find_columns(table, &[from]).await?;
        self.dialect().rename_column(table, from, to).await
    }

    /// Lets a column be NULL, or not.
    ///
    /// # Errors
    /// When there is no such column, or it is NULL somewhere and no longer may be.
    pub async fn change_column_null(
        &mut self,
        table: &str,
        column: &str,
        may_be_null: bool,
    ) -> Result<()> {
        let undo = || Undo::SetNullable(table.to_owned(), column.to_owned(), !may_be_null);
        if self.is_noted(undo) {
            return Ok(());
        }
        self.find_columns(table, &[column]).await?;
        self.dialect()
            .set_nullable(table, column, may_be_null)
            .await
    }

    /// Changes what a column holds in rows that are not given a value for it.
    ///
    /// # Errors
    /// When there is no such column.
    pub async fn change_column_default(
        &mut self,
        table: &str,
        column: &str,
        value: impl Into<DefaultValue>,
    ) -> Result<()> {
        self.refuse_to_reverse("change_column_default")?;
        let value = value.into();
        self.find_columns(table, &[column]).await?;
        self.dialect()
            .set_default(table, column, Some(&value))
            .await
    }

    /// Lets a column hold nothing in rows that are not given a value for it.
    ///
    /// # Errors
    /// When there is no such column.
    pub async fn remove_column_default(&mut self, table: &str, column: &str) -> Result<()> {
        self.refuse_to_reverse("remove_column_default")?;
        self.find_columns(table, &[column]).await?;
        self.dialect().set_default(table, column, None).await
    }

    /// Adds an index: `m.add_index("tasks", &["project_id", "name"]).unique().await`.
    pub fn add_index<'a>(&'a mut self, table: &str, columns: &[&str]) -> AddIndex<'a> {
        AddIndex {
            schema: self,
            index: Index::new(table, columns, Uniqueness::MayRepeat),
        }
    }

    /// Removes the index on these columns.
    ///
    /// # Errors
    /// When there is none, or there are several.
    pub async fn remove_index(&mut self, table: &str, columns: &[&str]) -> Result<()> {
        self.refuse_to_reverse("remove_index")?;
        self.find_columns(table, columns).await?;
        let indexes = self.dialect().indexes(table).await?;
        let found: Vec<_> = indexes
            .iter()
            .filter(|index| index.columns == columns)
            .collect();
        match found.as_slice() {
            [index] => self.dialect().drop_index(table, &index.name).await,
            [] => Err(Error::message(format!(
                "`{table}` has no index on {}{}",
                listed(columns),
                names_of(
                    &indexes
                        .iter()
                        .map(|index| index.name.as_str())
                        .collect::<Vec<_>>()
                )
            ))),
            _ => {
                let wanted = index_name(table, columns);
                match found.iter().find(|index| index.name == wanted) {
                    Some(index) => self.dialect().drop_index(table, &index.name).await,
                    None => Err(Error::message(format!(
                        "`{table}` has several indexes on {}: use `remove_index_named`",
                        listed(columns)
                    ))),
                }
            }
        }
    }

    /// Removes an index by its name.
    ///
    /// # Errors
    /// When the table has none of that name.
    pub async fn remove_index_named(&mut self, table: &str, name: &str) -> Result<()> {
        self.refuse_to_reverse("remove_index_named")?;
        self.find_table(table).await?;
        let indexes = self.dialect().indexes(table).await?;
        let names: Vec<_> = indexes.iter().map(|index| index.name.as_str()).collect();
        if names.contains(&name) {
            return self.dialect().drop_index(table, name).await;
        }
        Err(Error::message(format!(
            "`{table}` has no index `{name}`{}",
            names_of(&names)
        )))
    }

    /// Adds a column `<name>_id` with an index: `m.add_reference("tasks", "author", |c| c.foreign_key_to("users"))`.
    ///
    /// # Errors
    /// As [`Schema::change_table`].
    pub async fn add_reference(
        &mut self,
        table: &str,
        name: &str,
        define: impl for<'c> FnOnce(&'c mut ColumnBuilder) -> &'c mut ColumnBuilder,
    ) -> Result<()> {
        self.change_table(table, |t| {
            define(t.references(name));
        })
        .await
    }

    /// Removes the column `<name>_id`, with its indexes and foreign key.
    ///
    /// # Errors
    /// When there is no such column.
    pub async fn remove_reference(&mut self, table: &str, name: &str) -> Result<()> {
        self.remove_column(table, &reference_column(name)).await
    }

    /// Says that a column holds the `id` of a row in another table:
    /// `m.add_foreign_key("tasks", "author_id").to("users").on_delete(OnDelete::Cascade).await`. Without `to` it is
    /// the table that the column is named after.
    pub fn add_foreign_key<'a>(&'a mut self, table: &str, column: &str) -> AddForeignKey<'a> {
        AddForeignKey {
            schema: self,
            table: table.to_owned(),
            column: column.to_owned(),
            target: referenced_table(column),
            on_delete: OnDelete::default(),
            on_update: OnUpdate::default(),
        }
    }

    /// Removes the foreign key of a column.
    ///
    /// # Errors
    /// When it has none.
    pub async fn remove_foreign_key(&mut self, table: &str, column: &str) -> Result<()> {
        self.refuse_to_reverse("remove_foreign_key")?;
        self.find_columns(table, &[column]).await?;
        self.dialect().remove_foreign_key(table, column).await
    }

    /// Adds a condition that every row meets, as SQL, with a name to remove it by.
    ///
    /// # Errors
    /// When there is no such table, or a row that does not meet it.
    pub async fn add_check(&mut self, table: &str, name: &str, condition: &str) -> Result<()> {
        if self.is_noted(|| Undo::RemoveCheck(table.to_owned(), name.to_owned())) {
            return Ok(());
        }
        self.find_table(table).await?;
        let check = Check {
            name: name.to_owned(),
            condition: condition.to_owned(),
        };
        self.dialect().add_check(table, &check).await
    }

    /// Removes a condition by its name.
    ///
    /// # Errors
    /// When the table has none of that name.
    pub async fn remove_check(&mut self, table: &str, name: &str) -> Result<()> {
        self.refuse_to_reverse("remove_check")?;
        self.find_table(table).await?;
        self.dialect().remove_check(table, name).await
    }

    /// Runs SQL: one statement, or several separated by `;`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn execute(&mut self, sql: &str) -> Result<()> {
        self.refuse_to_reverse("execute")?;
        // Of several statements, the first may succeed and the second fail.
        let is_one = !sql.trim_end().trim_end_matches(';').contains(';');
        if !is_one {
            self.has_changed.store(true, Ordering::Relaxed);
        }
        self.db.batch(sql).await?;
        self.has_changed.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Runs SQL, and other SQL to take it back, in a `change`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn execute_reversibly(&mut self, sql: &str, reverse: &str) -> Result<()> {
        if self.is_noted(|| Undo::Execute(reverse.to_owned())) {
            return Ok(());
        }
        self.execute(sql).await
    }

    /// Whether there is a table of this name.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn table_exists(&self, name: &str) -> Result<bool> {
        let tables = self.dialect().tables().await?;
        Ok(tables.iter().any(|table| table.eq_ignore_ascii_case(name)))
    }

    /// Whether a table has a column of this name; `false` as well when there is no such table.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn column_exists(&self, table: &str, name: &str) -> Result<bool> {
        let columns = self.dialect().columns(table).await?;
        Ok(columns
            .iter()
            .any(|column| column.eq_ignore_ascii_case(name)))
    }

    /// The schema as the database at hand changes it.
    pub(super) fn dialect(&self) -> DialectSchema<'_> {
        DialectSchema::new(&self.db, &self.has_changed)
    }

    pub(super) async fn find_table(&self, name: &str) -> Result<()> {
        if self.table_exists(name).await? {
            return Ok(());
        }
        let tables = self.dialect().tables().await?;
        Err(Error::message(format!(
            "there is no table `{name}`{}",
            meant(name, &tables)
        )))
    }

    pub(super) async fn find_columns(&self, table: &str, names: &[&str]) -> Result<()> {
        self.find_table(table).await?;
        let columns = self.dialect().columns(table).await?;
        for name in names {
            if !columns
                .iter()
                .any(|column| column.eq_ignore_ascii_case(name))
            {
                return Err(Error::message(format!(
                    "`{table}` has no column `{name}`{}",
                    meant(name, &columns)
                )));
            }
        }
        Ok(())
    }
}

/// ``; did you mean `tasks`?``
fn meant(name: &str, candidates: &[String]) -> String {
    match velocious_naming::nearest(name, candidates) {
        Some(candidate) => format!("; did you mean `{candidate}`?"),
        None => String::new(),
    }
}

fn names_of(indexes: &[&str]) -> String {
    match indexes.is_empty() {
        true => String::new(),
        false => format!("; it has {}", listed(indexes)),
    }
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
