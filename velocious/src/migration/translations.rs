//! The tables of translated attributes.

use super::definition::{OnDelete, reference_column};
use super::schema::Schema;
use super::table::TableBuilder;
use crate::Result;

impl Schema {
    /// Creates the table for the translations of a table: for `tasks`, the table `task_translations` with `task_id`,
    /// `locale` and the columns defined here, of which a task has one row in each language. The rows go with their task.
    ///
    /// ```
    /// # use velocious::prelude::*;
    /// # async fn up(m: &mut Schema) -> Result<()> {
    /// m.create_translations("tasks", |t| {
    ///     t.string("title");
    ///     t.text("description");
    /// })
    /// .await
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`create_table`](Schema::create_table).
    pub async fn create_translations(
        &mut self,
        table: &str,
        define: impl FnOnce(&mut TableBuilder),
    ) -> Result<()> {
        let owner = velocious_naming::singularize(table);
        let name = format!("{owner}_translations");
        self.create_table(&name, |t| {
            t.references(&owner)
                .foreign_key()
                .on_delete(OnDelete::Cascade)
                .null(false);
            t.string("locale").null(false);
            define(t);
        })
        .await?;
        let key = reference_column(&owner);
        self.add_index(&name, &[&key, "locale"]).unique().await
    }
}
