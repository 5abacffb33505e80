//! [`HasMany`].

use std::fmt;
use std::marker::PhantomData;

use super::held::Held;
use super::relation_field;
use super::slot::{Loader, Related, Slot};
use super::tie;
use crate::database::Db;
use crate::model::erased::{AnyModel, copied};
use crate::model::{Model, Record, RelationDefinition};
use crate::query::Query;
use crate::value::Value;
use crate::{BoxFuture, Result};

/// The records that hold this record's key.
pub struct HasMany<T>(Held, PhantomData<fn() -> T>);

relation_field!(HasMany, Vec<T>);

impl<T: Send + Sync + 'static> HasMany<T> {
    /// The field of a new record: nothing refers to it yet.
    pub fn of_new(relation: &'static RelationDefinition) -> Self {
        let mut field = Self::unloaded(relation);
        field.0.fill(Some(std::sync::Arc::new(Vec::<T>::new())));
        field
    }

    /// The related records.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload.
    pub fn get(&self) -> Result<&[T]> {
        Ok(self.0.read::<Vec<T>>()?.map_or(&[], Vec::as_slice))
    }

    /// What was built while nothing was loaded.
    pub fn built(&self) -> &[T] {
        self.0.built::<Vec<T>>().map_or(&[], Vec::as_slice)
    }
}

impl<T: Record> HasMany<T> {
    /// Adds a new record with these columns; it is saved, with its key, with the record that has this field.
    ///
    /// ```
    /// use velocious::prelude::*;
    /// # #[derive(Model)] pub struct Project { pub id: i64, pub name: String, #[has_many] pub tasks: HasMany<Task>, pub record: RecordState }
    /// # #[derive(Model)] pub struct Task { pub id: i64, pub name: String, pub project_id: i64, pub record: RecordState }
    ///
    /// # async fn example(db: &Db) -> Result<()> {
    /// let mut project = Project { name: "Alpha".into(), ..Project::new() };
    /// project.tasks.build(TaskChanges { name: Some("Write".into()), ..Default::default() });
    /// project.tasks.build(TaskChanges { name: Some("Read".into()), ..Default::default() });
    /// project.save(db).await?;                          // all three, or none
    /// assert_eq!(project.tasks.get()?[1].project_id, project.id);
    /// # Ok(()) }
    /// # fn main() {}
    /// ```
    pub fn build(&mut self, changes: impl Into<T::Changes>) -> &mut T {
        let mut record: T = tie::new_along(&self.0);
        record.apply(changes.into());
        self.push(record)
    }

    /// Adds a record; it is saved, with its key, with the record that has this field. Where the relationship goes
    /// through a model that belongs to both, as `user.groups` does through memberships, one of those is made.
    pub fn push(&mut self, record: T) -> &mut T {
        let position = self.0.any::<Vec<T>>().map_or(0, Vec::len);
        self.0.add_from(position);
        let list = self.0.list_mut(|list| copied_list(list));
        list.push(record);
        match list.last_mut() {
            Some(record) => record,
            None => unreachable!("what was just put here is here"),
        }
    }

    /// Makes these the records that are here; each is saved, with its key, with the record that has this field. What
    /// was related before stays as it is in the database.
    pub fn set(&mut self, records: Vec<T>) {
        self.0.put(Some(records));
    }

    /// Saves a new record with these columns, alone, and adds it.
    ///
    /// # Errors
    /// When the record that has this field is not saved; otherwise as for [`save`](Model::save).
    pub fn create<'a>(
        &'a mut self,
        db: &'a Db,
        changes: impl Into<T::Changes>,
    ) -> BoxFuture<'a, Result<&'a mut T>> {
        let mut record: T = tie::new_along(&self.0);
        record.apply(changes.into());
        Box::pin(async move {
            tie::to_owner(&self.0, &mut record)?;
            record.save(db).await?;
            // It is tied to its owner already.
            let list = self.0.list_mut(|list| copied_list(list));
            list.push(record);
            match list.last_mut() {
                Some(record) => Ok(record),
                None => unreachable!("what was just put here is here"),
            }
        })
    }
}

impl<T: Model> HasMany<T> {
    /// The related records, to change: those that were are saved with the record that has this field.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload.
    pub fn get_mut(&mut self) -> Result<&mut [T]> {
        self.get()?;
        Ok(self.0.list_mut(|list| copied_list(list)).as_mut_slice())
    }

    /// A query for the related records, as in `project.tasks.query()?.filter(…)`.
    ///
    /// # Errors
    /// When the record that has this field is not saved.
    pub fn query(&self) -> Result<Query<T>> {
        tie::query(&self.0)
    }
}

fn copied_list<T: Model>(list: &[T]) -> Vec<T> {
    list.iter().map(copied).collect()
}

impl<T: Model> Slot for HasMany<T> {
    fn held(&self) -> &Held {
        &self.0
    }

    fn held_mut(&mut self) -> &mut Held {
        &mut self.0
    }

    fn related(&self) -> Vec<&dyn AnyModel> {
        let records = self.0.any::<Vec<T>>().into_iter().flatten();
        records.map(|record| record as &dyn AnyModel).collect()
    }

    fn related_mut(&mut self) -> Vec<&mut dyn AnyModel> {
        let records = self
            .0
            .any_mut::<Vec<T>>(|list| copied_list(list))
            .into_iter()
            .flatten();
        records.map(|record| record as &mut dyn AnyModel).collect()
    }

    fn loaders(&self) -> &'static [Loader] {
        &const { [Loader::of::<T>()] }
    }

    fn fill(&mut self, related: Option<&mut Related>, key: &Value) {
        let records = related.and_then(|related| related.all::<T>(key));
        self.0.fill(Some(records.unwrap_or_default()));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn an_unloaded_field_says_so_and_a_loaded_one_is_read() {
        let mut tasks = HasMany::<String>::default();
        assert!(tasks.get().expect_err("nothing is loaded").is_not_loaded());
        assert_eq!(format!("{tasks:?}"), "not loaded");
        tasks.0.fill(Some(Arc::new(vec!["one".to_owned()])));
        assert_eq!(tasks.get().expect("loaded"), ["one"]);
        assert_eq!(
            serde_json::to_string(&tasks).expect("serializes"),
            r#"["one"]"#
        );
        tasks.unload();
        assert!(tasks.is_unloaded());
    }
}
