//! Records without their type: what lets preloading and saving be written, and compiled, once for all models.

use super::callbacks::Station;
use super::relation::Slot;
use super::{Errors, Model, ModelDefinition, Record, RecordState};
use crate::database::Db;
#[cfg(feature = "password")]
use crate::password::{PasswordDigest, PasswordField};
use crate::value::Value;
use crate::{BoxError, BoxFuture, Result};

/// A record of some model.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model",
    label = "not a model",
    note = "put `#[derive(Model)]` on the struct"
)]
pub trait AnyModel: Send + Sync {
    /// The model.
    fn definition(&self) -> &'static ModelDefinition;

    /// [`Model::value`].
    fn value(&self, column: usize) -> Value;

    /// [`Model::set_value`].
    ///
    /// # Errors
    /// When the value is of another type.
    fn set_value(&mut self, column: usize, value: Value) -> Result<(), BoxError>;

    /// The record itself.
    fn as_model(&self) -> &dyn AnyModel;

    /// [`Model::slot`].
    fn slot(&self, relation: usize) -> Option<&dyn Slot>;

    /// [`Model::slot_mut`].
    fn slot_mut(&mut self, relation: usize) -> Option<&mut dyn Slot>;

    /// [`Model::as_record`].
    fn as_record(&self) -> Option<&dyn AnyRecord>;

    /// [`Model::as_record_mut`].
    fn as_record_mut(&mut self) -> Option<&mut dyn AnyRecord>;
}

impl<M: Model> AnyModel for M {
    fn definition(&self) -> &'static ModelDefinition {
        M::definition()
    }

    fn value(&self, column: usize) -> Value {
        Model::value(self, column)
    }

    fn set_value(&mut self, column: usize, value: Value) -> Result<(), BoxError> {
        Model::set_value(self, column, value)
    }

    fn as_model(&self) -> &dyn AnyModel {
        self
    }

    fn slot(&self, relation: usize) -> Option<&dyn Slot> {
        Model::slot(self, relation)
    }

    fn slot_mut(&mut self, relation: usize) -> Option<&mut dyn Slot> {
        Model::slot_mut(self, relation)
    }

    fn as_record(&self) -> Option<&dyn AnyRecord> {
        Model::as_record(self)
    }

    fn as_record_mut(&mut self) -> Option<&mut dyn AnyRecord> {
        Model::as_record_mut(self)
    }
}

/// A record that can be saved.
pub trait AnyRecord: AnyModel {
    /// [`Record::record`].
    fn state(&self) -> &RecordState;

    /// [`Record::record_mut`].
    fn state_mut(&mut self) -> &mut RecordState;

    /// [`Record::is_guarded`].
    fn is_guarded(&self, guard: usize) -> bool;

    /// [`Record::password_field`].
    #[cfg(feature = "password")]
    fn password_field(&self) -> Option<PasswordField>;

    /// [`Record::known_password`].
    #[cfg(feature = "password")]
    fn known_password(&self) -> Option<&PasswordDigest>;

    /// [`Record::known_password_mut`].
    #[cfg(feature = "password")]
    fn known_password_mut(&mut self) -> Option<&mut PasswordDigest>;

    /// [`Record::check_custom`].
    fn check_custom<'a>(
        &'a self,
        function: usize,
        db: &'a Db,
        errors: &'a mut Errors,
    ) -> BoxFuture<'a, Result<()>>;

    /// Whether something is to happen at the stations of its life.
    fn has_callbacks(&self) -> bool;

    /// Does what is to happen at a station.
    fn run_callback<'a>(&'a mut self, station: Station, db: &'a Db) -> BoxFuture<'a, Result<()>>;

    /// Its columns and its state, in a record of their own; only where there are callbacks.
    fn copy(&self) -> Option<Box<dyn AnyRecord>>;
}

impl<M: Record> AnyRecord for M {
    fn state(&self) -> &RecordState {
        self.record()
    }

    fn state_mut(&mut self) -> &mut RecordState {
        self.record_mut()
    }

    fn is_guarded(&self, guard: usize) -> bool {
        Record::is_guarded(self, guard)
    }

    #[cfg(feature = "password")]
    fn password_field(&self) -> Option<PasswordField> {
        Record::password_field(self)
    }

    #[cfg(feature = "password")]
    fn known_password(&self) -> Option<&PasswordDigest> {
        Record::known_password(self)
    }

    #[cfg(feature = "password")]
    fn known_password_mut(&mut self) -> Option<&mut PasswordDigest> {
        Record::known_password_mut(self)
    }

    fn check_custom<'a>(
        &'a self,
        function: usize,
        db: &'a Db,
        errors: &'a mut Errors,
    ) -> BoxFuture<'a, Result<()>> {
        Record::check_custom(self, function, db, errors)
    }

    fn has_callbacks(&self) -> bool {
        M::LIFECYCLE.is_some()
    }

    fn run_callback<'a>(&'a mut self, station: Station, db: &'a Db) -> BoxFuture<'a, Result<()>> {
        match M::LIFECYCLE {
            Some(lifecycle) => lifecycle.run(self, station, db),
            None => Box::pin(std::future::ready(Ok(()))),
        }
    }

    fn copy(&self) -> Option<Box<dyn AnyRecord>> {
        M::LIFECYCLE.map(|lifecycle| lifecycle.copy(self))
    }
}

/// The values of all columns, in their order.
pub(crate) fn values<M: AnyModel + ?Sized>(record: &M) -> Vec<Value> {
    (0..record.definition().columns.len())
        .map(|column| record.value(column))
        .collect()
}

/// The same record once more: columns, state, and what is loaded. Models need not be `Clone`.
pub fn copied<M: Model>(record: &M) -> M {
    let mut copy: M = columns_of(record);
    if let (Some(to), Some(from)) = (Model::as_record_mut(&mut copy), Model::as_record(record)) {
        *to.state_mut() = from.state().exact_clone();
    }
    for relation in 0..M::definition().relations.len() {
        if let (Some(to), Some(from)) = (
            Model::slot_mut(&mut copy, relation),
            Model::slot(record, relation),
        ) {
            to.held_mut().clone_from(from.held());
        }
    }
    copy
}

/// A record with the columns and the state of another one, which is of the same model, and nothing loaded.
pub(crate) fn columns_of<M: Model>(record: &dyn AnyModel) -> M {
    let mut copy = M::new();
    for column in 0..M::definition().columns.len() {
        // A column takes back what it gave.
        let _ = Model::set_value(&mut copy, column, record.value(column));
    }
    // Nothing is known of what a stored record has.
    for relation in 0..M::definition().relations.len() {
        if let Some(slot) = Model::slot_mut(&mut copy, relation) {
            slot.held_mut().unload();
        }
    }
    if let (Some(to), Some(from)) = (Model::as_record_mut(&mut copy), record.as_record()) {
        to.state_mut().clone_from(from.state());
    }
    #[cfg(feature = "password")]
    crate::password::copy(record, &mut copy);
    copy
}
