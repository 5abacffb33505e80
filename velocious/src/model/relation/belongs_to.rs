//! [`BelongsTo`].

use std::fmt;
use std::marker::PhantomData;

use super::held::Held;
use super::relation_field;
use super::slot::{Loader, Related, Slot};
use super::tie;
use crate::Result;
use crate::model::erased::{AnyModel, copied};
use crate::model::{Model, RelationDefinition};
use crate::value::Value;

/// The one record whose key this record holds.
pub struct BelongsTo<T>(Held, PhantomData<fn() -> T>);

relation_field!(BelongsTo, T);

impl<T: Send + Sync + 'static> BelongsTo<T> {
    /// The field of a new record; its key may be set by hand.
    pub fn of_new(relation: &'static RelationDefinition) -> Self {
        Self::unloaded(relation)
    }

    /// The related record.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload; [`NotFound`](crate::error::NotFound) when there is
    /// none, because the key is NULL or dangles.
    pub fn get(&self) -> Result<&T> {
        self.optional()?.ok_or_else(|| self.0.not_found().into())
    }

    /// The related record, or `None` when there is none.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload.
    pub fn optional(&self) -> Result<Option<&T>> {
        self.0.read()
    }

    /// Makes this the related record. The key follows when the record that has this field is saved, and so does this
    /// one, before it, if it is new or changed.
    pub fn set(&mut self, record: T) {
        self.0.put(Some(record));
    }

    /// Leaves no related record: the key becomes NULL when the record that has this field is saved.
    pub fn clear(&mut self) {
        self.0.put::<T>(None);
    }
}

impl<T: Model> BelongsTo<T> {
    /// Makes a new record with these columns the related one; it is saved with the record that has this field.
    ///
    /// ```
    /// use velocious::prelude::*;
    /// # #[derive(Model)] pub struct Project { pub id: i64, pub name: String, pub record: RecordState }
    /// # #[derive(Model)] pub struct Task { pub id: i64, pub project_id: i64, #[belongs_to] pub project: BelongsTo<Project>, pub record: RecordState }
    ///
    /// # async fn example(db: &Db) -> Result<()> {
    /// let mut task = Task::new();
    /// task.project.build(ProjectChanges { name: Some("Alpha".into()) });
    /// task.save(db).await?;
    /// assert_eq!(task.project_id, task.project.get()?.id);
    /// # Ok(()) }
    /// # fn main() {}
    /// ```
    pub fn build(&mut self, changes: impl Into<T::Changes>) -> &mut T {
        let mut record: T = tie::new_along(&self.0);
        record.apply(changes.into());
        match self.0.put(Some(record)) {
            Some(record) => record,
            None => unreachable!("what was just put here is here"),
        }
    }

    /// The related record, to change: it is saved with the record that has this field.
    ///
    /// # Errors
    /// As for [`get`](Self::get).
    pub fn get_mut(&mut self) -> Result<&mut T> {
        self.get()?;
        self.0.touch();
        let not_found = self.0.not_found();
        self.0.any_mut(copied).ok_or_else(|| not_found.into())
    }
}

impl<T: Model> Slot for BelongsTo<T> {
    fn held(&self) -> &Held {
        &self.0
    }

    fn held_mut(&mut self) -> &mut Held {
        &mut self.0
    }

    fn related(&self) -> Vec<&dyn AnyModel> {
        let record = self.0.any::<T>().into_iter();
        record.map(|record| record as &dyn AnyModel).collect()
    }

    fn related_mut(&mut self) -> Vec<&mut dyn AnyModel> {
        let record = self.0.any_mut::<T>(copied).into_iter();
        record.map(|record| record as &mut dyn AnyModel).collect()
    }

    fn loaders(&self) -> &'static [Loader] {
        &const { [Loader::of::<T>()] }
    }

    fn fill(&mut self, related: Option<&mut Related>, key: &Value) {
        self.0
            .fill::<T>(related.and_then(|related| related.first(key)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absent_record_is_not_an_unloaded_one() {
        let mut project = BelongsTo::<String>::default();
        project.clear();
        assert_eq!(project.optional().expect("loaded"), None);
        assert!(project.get().expect_err("there is none").is_not_found());
        project.set("alpha".into());
        assert_eq!(project.get().expect("there is one"), "alpha");
    }
}
