//! Taking back what the `change` of a migration does: it runs once more, each of its steps notes what takes it back, and
//! then that is done, last things first.

use super::{Migration, Schema};
use crate::{BoxFuture, Error, Result};

/// What takes a step back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Undo {
    DropTable(String),
    RenameTable(String, String),
    RemoveColumn(String, String),
    RenameColumn(String, String, String),
    SetNullable(String, String, bool),
    RemoveIndex(String, String),
    RemoveForeignKey(String, String),
    RemoveCheck(String, String),
    Execute(String),
}

/// Does the reverse of a migration's `change`: the `down` of `#[migration]`.
pub fn reversed<'a, M: Migration + ?Sized>(
    migration: &'a M,
    schema: &'a mut Schema,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        schema.undos = Some(Vec::new());
        migration.change(schema).await?;
        let undos = schema.undos.take().unwrap_or_default();
        for undo in undos.into_iter().rev() {
            schema.undo(&undo).await?;
        }
        Ok(())
    })
}

impl Schema {
    /// Whether a `change` runs to find out what takes it back, so that nothing is changed by it. Ask before changing
    /// rows through [`db`](Schema::db).
    pub fn is_reversing(&self) -> bool {
        self.undos.is_some()
    }

    /// Whether a step is not done, but what takes it back is noted.
    pub(super) fn is_noted(&mut self, undo: impl FnOnce() -> Undo) -> bool {
        match &mut self.undos {
            Some(undos) => {
                undos.push(undo());
                true
            }
            None => false,
        }
    }

    /// Refuses what forgets something that would be needed to take it back.
    pub(super) fn refuse_to_reverse(&self, step: &str) -> Result<()> {
        match self.is_reversing() {
            false => Ok(()),
            true => Err(Error::message(format!(
                "`{step}` cannot be reversed by itself: write `up` and `down` instead of `change`"
            ))),
        }
    }

    async fn undo(&mut self, undo: &Undo) -> Result<()> {
        match undo {
            Undo::DropTable(name) => self.drop_table(name).await,
            Undo::RenameTable(from, to) => self.rename_table(from, to).await,
            Undo::RemoveColumn(table, column) => self.remove_column(table, column).await,
            Undo::RenameColumn(table, from, to) => self.rename_column(table, from, to).await,
            Undo::SetNullable(table, column, may_be_null) => {
                self.change_column_null(table, column, *may_be_null).await
            }
            Undo::RemoveIndex(table, name) => self.remove_index_named(table, name).await,
            Undo::RemoveForeignKey(table, column) => self.remove_foreign_key(table, column).await,
            Undo::RemoveCheck(table, name) => self.remove_check(table, name).await,
            Undo::Execute(sql) => self.execute(sql).await,
        }
    }
}
