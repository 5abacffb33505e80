//! Changes that have more to say before they are made: each is written as a chain and then awaited.

use super::Schema;
use super::definition::{ForeignKey, Index, OnDelete, OnUpdate, Uniqueness};
use super::reverse::Undo;
use crate::{BoxFuture, Error, Result};

/// An index to add: say more about it, then `.await` it.
#[must_use = "an index is added when this is awaited"]
#[derive(Debug)]
pub struct AddIndex<'a> {
    pub(super) schema: &'a mut Schema,
    pub(super) index: Index,
}

impl AddIndex<'_> {
    /// Lets no two rows be equal in these columns.
    pub fn unique(mut self) -> Self {
        self.index.uniqueness = Uniqueness::Unique;
        self
    }

    /// Gives it a name other than `index_<table>_on_<columns>`.
    pub fn name(mut self, name: &str) -> Self {
        self.index.name = name.to_owned();
        self
    }
}

impl<'a> IntoFuture for AddIndex<'a> {
    type Output = Result<()>;
    type IntoFuture = BoxFuture<'a, Result<()>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let AddIndex { schema, index } = self;
            if schema.is_noted(|| Undo::RemoveIndex(index.table.clone(), index.name.clone())) {
                return Ok(());
            }
            let columns: Vec<_> = index.columns.iter().map(String::as_str).collect();
            schema.find_columns(&index.table, &columns).await?;
            schema.dialect().create_index(&index).await
        })
    }
}

/// A foreign key to add: say more about it, then `.await` it.
#[must_use = "a foreign key is added when this is awaited"]
#[derive(Debug)]
pub struct AddForeignKey<'a> {
    pub(super) schema: &'a mut Schema,
    pub(super) table: String,
    pub(super) column: String,
    pub(super) target: Option<String>,
    pub(super) on_delete: OnDelete,
    pub(super) on_update: OnUpdate,
}

impl AddForeignKey<'_> {
    /// The table it refers to.
    pub fn to(mut self, table: &str) -> Self {
        self.target = Some(table.to_owned());
        self
    }

    /// What becomes of a row when the one it refers to is deleted.
    pub fn on_delete(mut self, on_delete: OnDelete) -> Self {
        self.on_delete = on_delete;
        self
    }

    /// What becomes of a row when the one it refers to gets another key.
    pub fn on_update(mut self, on_update: OnUpdate) -> Self {
        self.on_update = on_update;
        self
    }
}

impl<'a> IntoFuture for AddForeignKey<'a> {
    type Output = Result<()>;
    type IntoFuture = BoxFuture<'a, Result<()>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let (table, column) = (&self.table, &self.column);
            let undo = || Undo::RemoveForeignKey(table.clone(), column.clone());
            if self.schema.is_noted(undo) {
                return Ok(());
            }
            let target = self.target.ok_or_else(|| {
                Error::message(format!(
                    "`{column}` does not end in `_id`, so say what it refers to: `.to(\"…\")`"
                ))
            })?;
            self.schema.find_columns(table, &[column]).await?;
            self.schema.find_table(&target).await?;
            let key = ForeignKey {
                on_delete: self.on_delete,
                on_update: self.on_update,
                ..ForeignKey::to(target)
            };
            self.schema
                .dialect()
                .add_foreign_key(table, column, &key)
                .await
        })
    }
}
