//! [`HasOne`].

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::held::Held;
use super::relation_field;
use super::slot::{Loader, Related, Slot};
use crate::Result;
use crate::model::Model;
use crate::model::erased::AnyModel;
use crate::value::Value;

/// The one record that holds this record's key.
pub struct HasOne<T>(Held, PhantomData<fn() -> T>);

relation_field!(HasOne, T);

impl<T: Send + Sync + 'static> HasOne<T> {
    /// The related record, or `None` when there is none.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload.
    pub fn get(&self) -> Result<Option<&T>> {
        self.0.read()
    }

    /// Fills the field.
    pub fn set(&mut self, record: Option<Arc<T>>) {
        self.0.fill(record);
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
        let record = self.0.peek::<T>().into_iter();
        record.map(|record| record as &dyn AnyModel).collect()
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
