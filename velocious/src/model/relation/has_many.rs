//! [`HasMany`].

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

/// The records that hold this record's key.
pub struct HasMany<T>(Held, PhantomData<fn() -> T>);

relation_field!(HasMany, Vec<T>);

impl<T: Send + Sync + 'static> HasMany<T> {
    /// The related records.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload.
    pub fn get(&self) -> Result<&[T]> {
        Ok(self.0.read::<Vec<T>>()?.map_or(&[], Vec::as_slice))
    }

    /// Fills the field.
    pub fn set(&mut self, records: Vec<T>) {
        self.0.fill(Some(Arc::new(records)));
    }
}

impl<T: Model> Slot for HasMany<T> {
    fn held(&self) -> &Held {
        &self.0
    }

    fn held_mut(&mut self) -> &mut Held {
        &mut self.0
    }

    fn related(&self) -> Vec<&dyn AnyModel> {
        let records = self.0.peek::<Vec<T>>().into_iter().flatten();
        records.map(|record| record as &dyn AnyModel).collect()
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
    use super::*;

    #[test]
    fn an_unloaded_field_says_so_and_a_loaded_one_is_read() {
        let mut tasks = HasMany::<String>::default();
        assert!(tasks.get().expect_err("nothing is loaded").is_not_loaded());
        assert_eq!(format!("{tasks:?}"), "not loaded");
        tasks.set(vec!["one".into()]);
        assert_eq!(tasks.get().expect("loaded"), ["one"]);
        assert_eq!(
            serde_json::to_string(&tasks).expect("serializes"),
            r#"["one"]"#
        );
        tasks.unload();
        assert!(tasks.is_unloaded());
    }
}
