//! [`BelongsTo`].

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

/// The one record whose key this record holds.
pub struct BelongsTo<T>(Held, PhantomData<fn() -> T>);

relation_field!(BelongsTo, T);

impl<T: Send + Sync + 'static> BelongsTo<T> {
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

    /// Fills the field; records with the same parent share it.
    pub fn set(&mut self, record: Option<Arc<T>>) {
        self.0.fill(record);
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
        let record = self.0.peek::<T>().into_iter();
        record.map(|record| record as &dyn AnyModel).collect()
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
        project.set(None);
        assert_eq!(project.optional().expect("loaded"), None);
        assert!(project.get().expect_err("there is none").is_not_found());
        project.set(Some(Arc::new("alpha".into())));
        assert_eq!(project.get().expect("there is one"), "alpha");
    }
}
