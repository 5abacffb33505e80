//! [`HasOne`].

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

/// The one record that holds this record's key.
pub struct HasOne<T>(Held, PhantomData<fn() -> T>);

relation_field!(HasOne, T);

impl<T: Send + Sync + 'static> HasOne<T> {
    /// The field of a new record: nothing refers to it yet.
    pub fn of_new(relation: &'static RelationDefinition) -> Self {
        let mut field = Self::unloaded(relation);
        field.0.fill::<T>(None);
        field
    }

    /// The related record, or `None` when there is none.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload.
    pub fn get(&self) -> Result<Option<&T>> {
        self.0.read()
    }
}

impl<T: Record> HasOne<T> {
    /// Makes this the related record; it is saved, with its key, with the record that has this field. A record that
    /// was the related one before stays as it is.
    pub fn set(&mut self, record: T) -> &mut T {
        match self.0.put(Some(record)) {
            Some(record) => record,
            None => unreachable!("what was just put here is here"),
        }
    }

    /// Makes a new record with these columns the related one; see [`set`](Self::set).
    pub fn build(&mut self, changes: impl Into<T::Changes>) -> &mut T {
        let mut record: T = tie::new_along(&self.0);
        record.apply(changes.into());
        self.set(record)
    }

    /// Makes a new record with these columns the related one and saves it, alone.
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
            let record = self.set(record);
            Ok(record)
        })
    }

    /// The related record, to change: it is saved with the record that has this field.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload.
    pub fn get_mut(&mut self) -> Result<Option<&mut T>> {
        self.get()?;
        self.0.touch();
        Ok(self.0.any_mut(copied))
    }
}

impl<T: Model> HasOne<T> {
    /// A query for the related record.
    ///
    /// # Errors
    /// When the record that has this field is not saved.
    pub fn query(&self) -> Result<Query<T>> {
        tie::query(&self.0)
    }
}

impl<T: Model> Slot for HasOne<T> {
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

    /// Of several records, the first in their order.
    fn fill(&mut self, related: Option<&mut Related>, key: &Value) {
        self.0
            .fill::<T>(related.and_then(|related| related.first(key)));
    }
}
