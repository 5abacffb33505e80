//! What a record knows of itself beside its columns.

use std::fmt;

use super::refusal::Refusals;
use super::relation::Translations;
use super::{Errors, RelationDefinition};
use crate::value::Value;

/// Whether a record is new or stored, what its row held when it was read, and what its last validation said.
///
/// A model that can be saved has one field of this type. It starts as "new"; serde should skip it
/// (`#[serde(skip)]`). Two states are always equal, so that records compare by their columns.
#[derive(Default)]
pub struct RecordState {
    phase: Phase,
    /// The columns as the database has them, while the record is stored.
    stored: Vec<Value>,
    errors: Errors,
    /// The columns that the database is to fill, with what they hold meanwhile.
    left: Vec<(usize, Value)>,
    /// What the row held before it was last saved: nothing, when there was none.
    before_save: Option<Vec<Value>>,
    /// What the record was before it was written in a transaction that has not ended.
    before: Option<Box<Before>>,
    /// The texts that are in other tables, where the model has such; `None` while nothing was asked of them.
    translations: Option<Box<Translations>>,
    /// What was typed that is no value of its column.
    refusals: Option<Box<Refusals>>,
}

#[derive(Clone)]
struct Before {
    phase: Phase,
    stored: Vec<Value>,
    left: Vec<(usize, Value)>,
    before_save: Option<Vec<Value>>,
    columns: Vec<Value>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    New,
    Stored,
    Destroyed,
}

impl RecordState {
    /// The state of a record whose row holds `columns`.
    pub fn stored(columns: Vec<Value>) -> Self {
        RecordState {
            phase: Phase::Stored,
            stored: columns,
            errors: Errors::default(),
            left: Vec::new(),
            before_save: None,
            before: None,
            translations: None,
            refusals: None,
        }
    }

    pub(crate) fn translations(&self) -> Option<&Translations> {
        self.translations.as_deref()
    }

    /// The same, to change; none where the relationship is not to translations.
    pub(crate) fn translations_mut(
        &mut self,
        relation: &'static RelationDefinition,
    ) -> Option<&mut Translations> {
        if self.translations.is_none() {
            let definition = relation.translations?;
            let translations = definition.translations(relation, self.is_new());
            self.translations = Some(Box::new(translations));
        }
        self.translations.as_deref_mut()
    }

    /// Whether there is no row of this record yet.
    pub fn is_new(&self) -> bool {
        self.phase == Phase::New
    }

    /// Whether there is a row of this record.
    pub fn is_persisted(&self) -> bool {
        self.phase == Phase::Stored
    }

    /// Whether this record's row was deleted through it.
    pub fn is_destroyed(&self) -> bool {
        self.phase == Phase::Destroyed
    }

    /// What the row held when it was last read or written; empty for a record without a row.
    pub fn columns(&self) -> &[Value] {
        &self.stored
    }

    /// What the row held before the last save through this record, which changed something: nothing, when it inserted
    /// it. `None` when there was no such save.
    pub fn before_save(&self) -> Option<&[Value]> {
        self.before_save.as_deref()
    }

    /// What the last validation said.
    pub fn errors(&self) -> &Errors {
        &self.errors
    }

    /// The same, to add messages of one's own; the next validation starts without them.
    pub fn errors_mut(&mut self) -> &mut Errors {
        &mut self.errors
    }

    /// Keeps what somebody typed for an attribute and what is wrong with it, because it can be no value of its type. The
    /// record is not valid from then on, and a form shows the text again.
    ///
    /// ```
    /// use velocious::prelude::*;
    ///
    /// #[derive(Model)]
    /// struct Book {
    ///     id: i64,
    ///     pages: i32,
    ///     record: RecordState,
    /// }
    ///
    /// let mut book = Book::new();
    /// book.record.refuse("pages", "many", "has to be a whole number");
    /// assert_eq!(book.record.refused_text("pages"), Some("many"));
    /// ```
    pub fn refuse(&mut self, attribute: &str, text: impl Into<String>, message: impl Into<String>) {
        self.refuse_text(attribute, Some(text.into()), message.into());
    }

    pub(crate) fn refuse_text(&mut self, attribute: &str, text: Option<String>, message: String) {
        let refusals = self.refusals.get_or_insert_default();
        refusals.add(attribute, text, message);
    }

    /// What was typed for an attribute and [refused](Self::refuse).
    pub fn refused_text(&self, attribute: &str) -> Option<&str> {
        self.refusals.as_ref()?.text(attribute)
    }

    /// Forgets what was [refused](Self::refuse), as when other values are taken.
    pub fn forget_refused(&mut self) {
        self.refusals = None;
    }

    pub(crate) fn refusals(&self) -> Option<&Refusals> {
        self.refusals.as_deref()
    }

    /// The same, in the middle of what is being written, too.
    pub(crate) fn exact_clone(&self) -> Self {
        RecordState {
            before: self.before.clone(),
            ..self.clone()
        }
    }

    /// Leaves columns to the database, as long as they hold what they do.
    pub(crate) fn leave(&mut self, columns: Vec<(usize, Value)>) {
        self.left = columns;
    }

    /// Whether a column with this value is left to the database.
    pub(crate) fn is_left(&self, column: usize, value: &Value) -> bool {
        let mut left = self.left.iter();
        left.any(|(at, unchanged)| *at == column && unchanged == value)
    }

    /// Remembers that the row holds `value` now, which is no change of the last save.
    pub(crate) fn set_stored(&mut self, column: usize, value: Value) {
        let Some(stored) = self.stored.get_mut(column) else {
            return;
        };
        let before = self.before_save.as_mut();
        if let Some(before) = before.and_then(|before| before.get_mut(column))
            && before == stored
        {
            before.clone_from(&value);
        }
        *stored = value;
    }

    /// Takes what the row holds now, after it was written.
    pub(crate) fn written(&mut self, columns: Vec<Value>) {
        self.phase = Phase::Stored;
        self.before_save = Some(std::mem::replace(&mut self.stored, columns));
        self.left.clear();
        self.errors.clear();
    }

    /// There was nothing to write.
    pub(crate) fn unwritten(&mut self) {
        self.before_save = None;
    }

    /// Keeps what the record is, in case that what follows comes to nothing.
    pub(crate) fn remember(&mut self, columns: Vec<Value>) {
        self.before.get_or_insert_with(|| {
            Box::new(Before {
                phase: self.phase,
                stored: self.stored.clone(),
                left: self.left.clone(),
                before_save: self.before_save.clone(),
                columns,
            })
        });
    }

    /// Whether it is kept: the record is being written.
    pub(crate) fn is_remembered(&self) -> bool {
        self.before.is_some()
    }

    /// Gives up what was kept; after a failure, the state is what it was, and the columns given back are to be, too.
    pub(crate) fn settle(&mut self, is_committed: bool) -> Option<Vec<Value>> {
        let before = *self.before.take()?;
        if !is_committed {
            self.phase = before.phase;
            self.stored = before.stored;
            self.left = before.left;
            self.before_save = before.before_save;
        }
        Some(before.columns)
    }

    pub(crate) fn destroy(&mut self) {
        self.phase = Phase::Destroyed;
        self.stored = Vec::new();
        self.before_save = None;
    }

    pub(crate) fn set_errors(&mut self, errors: Errors) {
        self.errors = errors;
    }
}

/// A clone of a record is no part of what is being written.
impl Clone for RecordState {
    fn clone(&self) -> Self {
        RecordState {
            phase: self.phase,
            stored: self.stored.clone(),
            errors: self.errors.clone(),
            left: self.left.clone(),
            before_save: self.before_save.clone(),
            before: None,
            translations: self.translations.clone(),
            refusals: self.refusals.clone(),
        }
    }
}

/// What the row held is not shown: the record's fields show what may be seen of it.
impl fmt::Debug for RecordState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut state = f.debug_struct("RecordState");
        state.field("phase", &self.phase);
        if !self.errors.is_empty() {
            state.field("errors", &self.errors);
        }
        if let Some(translations) = &self.translations {
            state.field("translations", translations);
        }
        state.finish_non_exhaustive()
    }
}

impl PartialEq for RecordState {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for RecordState {}
