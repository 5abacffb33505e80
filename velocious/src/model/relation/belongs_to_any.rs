//! [`BelongsToAny`].

use std::fmt;
use std::marker::PhantomData;

use super::held::Held;
use super::relation_field;
use super::slot::{Loader, Related, Slot};
use crate::Result;
use crate::model::RelationDefinition;
use crate::model::erased::AnyModel;
use crate::model::polymorphic::{Includes, Polymorphic};
use crate::value::Value;

/// The one record whose key this record holds, of whichever model of the enum `E` it is; see [`Polymorphic`].
pub struct BelongsToAny<E>(Held, PhantomData<fn() -> E>);

relation_field!(BelongsToAny, T);

impl<E: Send + Sync + 'static> BelongsToAny<E> {
    /// The field of a new record; its key and its type may be set by hand.
    pub fn of_new(relation: &'static RelationDefinition) -> Self {
        Self::unloaded(relation)
    }

    /// The related record.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload; [`NotFound`](crate::error::NotFound) when there is
    /// none, because the key is NULL or dangles, or the model is none of the enum's.
    pub fn get(&self) -> Result<&E> {
        self.optional()?.ok_or_else(|| self.0.not_found().into())
    }

    /// The related record, or `None` when there is none.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload.
    pub fn optional(&self) -> Result<Option<&E>> {
        self.0.read()
    }

    /// The related record if it is a `T`, as in `comment.subject.get_as::<Task>()?`.
    ///
    /// # Errors
    /// [`NotLoaded`](crate::error::NotLoaded) before a preload.
    pub fn get_as<T>(&self) -> Result<Option<&T>>
    where
        E: Includes<T>,
    {
        Ok(self.optional()?.and_then(Includes::get))
    }

    /// Makes this the related record: a value of the enum, or a record of one of its models. The key and the name of
    /// the model follow when the record that has this field is saved, and so does this one, before it, if it is new or
    /// changed.
    pub fn set(&mut self, record: impl Into<E>) {
        self.0.put(Some(record.into()));
    }

    /// Leaves no related record: the key becomes NULL when the record that has this field is saved.
    pub fn clear(&mut self) {
        self.0.put::<E>(None);
    }
}

impl<E: Polymorphic> BelongsToAny<E> {
    /// The related record, to change: it is saved with the record that has this field.
    ///
    /// # Errors
    /// As for [`get`](Self::get).
    pub fn get_mut(&mut self) -> Result<&mut E> {
        self.get()?;
        self.0.touch();
        let not_found = self.0.not_found();
        self.0.any_mut(E::copied).ok_or_else(|| not_found.into())
    }
}

impl<E: Polymorphic> Slot for BelongsToAny<E> {
    fn held(&self) -> &Held {
        &self.0
    }

    fn held_mut(&mut self) -> &mut Held {
        &mut self.0
    }

    fn related(&self) -> Vec<&dyn AnyModel> {
        let record = self.0.any::<E>().into_iter();
        record.map(E::model).collect()
    }

    fn related_mut(&mut self) -> Vec<&mut dyn AnyModel> {
        let record = self.0.any_mut::<E>(E::copied).into_iter();
        record.map(E::model_mut).collect()
    }

    fn loaders(&self) -> &'static [Loader] {
        E::variants()
    }

    fn fill(&mut self, related: Option<&mut Related>, key: &Value) {
        self.0
            .fill::<E>(related.and_then(|related| related.first(key)));
    }
}
