//! Models: what `#[derive(Model)]` implements, and what every record can do.
//!
//! * [`Model`]: a struct that rows of a table decode to; [`Record`]: one that can also be saved.
//! * [`definition`]: the constant data the derive emits; [`relation`]: the fields of related records.
//! * [`state`]: new or stored, what changed; [`errors`] and `validation`: what is wrong with a record.
//! * `erased`: records without their type, on which what follows works, so that it is compiled once.
//! * `persistence`: INSERT, UPDATE and DELETE, written once for all models; `preload`: loading along relationships.

pub(crate) mod checks;
pub mod definition;
pub(crate) mod erased;
pub mod errors;
mod persistence;
pub(crate) mod preload;
pub mod relation;
pub mod state;
mod validation;

use std::hash::Hash;

pub use definition::{
    ColumnDefinition, ModelDefinition, RelationDefinition, RelationKind, Rule, Validation,
};
pub use erased::AnyRecord;
pub use errors::Errors;
pub use relation::{BelongsTo, HasMany, HasOne, Slot};
pub use state::RecordState;

use crate::database::{Db, RowRead};
use crate::query::{Condition, IntoOrder, Page, Pluck, Query, RelationPath, Selection};
use crate::value::{ColumnType, Value};
use crate::{BoxError, BoxFuture, Error, Result};

/// A struct whose values are rows of a table.
///
/// It is implemented by `#[derive(Model)]`; the methods below the line that says "provided" are what applications
/// call. Those that write ask for [`Record`], which a struct is as soon as it has a field of type [`RecordState`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model",
    label = "not a model",
    note = "put `#[derive(Model)]` on the struct"
)]
pub trait Model: Sized + Send + Sync + 'static {
    /// The typed handle that closures of queries are given, as reached from the model `R`.
    type Handle<R: 'static>: RelationPath<Root = R, Target = Self>;
    /// The primary key's type.
    type Key: ColumnType + Eq + Hash;
    /// Every column but the key, each of which may be left out: what [`assign`](Model::assign) takes.
    type Changes: Default + Send + 'static;

    /// The model's table, columns, relationships and rules.
    fn definition() -> &'static ModelDefinition;

    /// A new record, every column at its type's default, no relationship loaded.
    fn new() -> Self;

    /// The primary key.
    fn key(&self) -> Self::Key;

    /// Decodes the columns of a row from position `at` on.
    ///
    /// # Errors
    /// When a column holds something that the field cannot.
    fn from_row(row: &dyn RowRead, at: usize) -> Result<Self, BoxError>;

    /// The value of a column by its position; NULL when there is no such column.
    fn value(&self, column: usize) -> Value;

    /// Sets a column by its position.
    ///
    /// # Errors
    /// When the value is of another type.
    fn set_value(&mut self, column: usize, value: Value) -> Result<(), BoxError>;

    /// Sets the columns that are there.
    fn apply(&mut self, changes: Self::Changes);

    /// The field of a relationship by its position.
    #[doc(hidden)]
    fn slot(&self, relation: usize) -> Option<&dyn Slot>;

    /// The same, to change.
    #[doc(hidden)]
    fn slot_mut(&mut self, relation: usize) -> Option<&mut dyn Slot>;

    /// The record as one that can be saved, if it is a [`Record`].
    #[doc(hidden)]
    fn as_record(&self) -> Option<&dyn AnyRecord> {
        None
    }

    /// The same, to change.
    #[doc(hidden)]
    fn as_record_mut(&mut self) -> Option<&mut dyn AnyRecord> {
        None
    }

    // Provided: querying.

    /// Every record.
    fn all() -> Query<Self> {
        Query::default()
    }

    /// The records that meet a condition; see [`Query::filter`].
    fn filter(condition: impl FnOnce(Self::Handle<Self>) -> Condition<Self>) -> Query<Self> {
        Self::all().filter(condition)
    }

    /// The records that meet a condition of raw SQL; see [`Query::filter_sql`].
    fn filter_sql(sql: impl Into<String>, binds: impl IntoIterator<Item = Value>) -> Query<Self> {
        Self::all().filter_sql(sql, binds)
    }

    /// The records with a partner along a relationship; see [`Query::joins`].
    fn joins<P: RelationPath<Root = Self>>(
        relation: impl FnOnce(Self::Handle<Self>) -> P,
    ) -> Query<Self> {
        Self::all().joins(relation)
    }

    /// The records, joined with their partners if there are any; see [`Query::left_joins`].
    fn left_joins<P: RelationPath<Root = Self>>(
        relation: impl FnOnce(Self::Handle<Self>) -> P,
    ) -> Query<Self> {
        Self::all().left_joins(relation)
    }

    /// The records with a relationship loaded; see [`Query::preload`].
    fn preload<P: RelationPath<Root = Self>>(
        relation: impl FnOnce(Self::Handle<Self>) -> P,
    ) -> Query<Self> {
        Self::all().preload(relation)
    }

    /// The records in an order; see [`Query::order`].
    fn order<O: IntoOrder<Self>>(order: impl FnOnce(Self::Handle<Self>) -> O) -> Query<Self> {
        Self::all().order(order)
    }

    /// At most so many records.
    fn limit(limit: u64) -> Query<Self> {
        Self::all().limit(limit)
    }

    /// The records but for the first ones.
    fn offset(offset: u64) -> Query<Self> {
        Self::all().offset(offset)
    }

    /// The page of this number, counted from one; see [`Query::page`].
    fn page(number: u64) -> Query<Self> {
        Self::all().page(number)
    }

    /// The records by so many a page; see [`Query::per_page`].
    fn per_page(records: u64) -> Query<Self> {
        Self::all().per_page(records)
    }

    /// Each row once.
    fn distinct() -> Query<Self> {
        Self::all().distinct()
    }

    /// One row for each value of a column; see [`Query::group`].
    fn group<S: Selection<Self>>(columns: impl FnOnce(Self::Handle<Self>) -> S) -> Query<Self> {
        Self::all().group(columns)
    }

    /// Only some columns; see [`Query::pluck`].
    fn pluck<S: Selection<Self>>(columns: impl FnOnce(Self::Handle<Self>) -> S) -> Pluck<Self, S> {
        Self::all().pluck(columns)
    }

    /// The record with this key.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::NotFound) when there is none.
    fn find(db: &Db, key: Self::Key) -> impl Future<Output = Result<Self>> + Send {
        Self::all().find(db, key)
    }

    /// A record that meets a condition, or `None`.
    fn find_by(
        db: &Db,
        condition: impl FnOnce(Self::Handle<Self>) -> Condition<Self>,
    ) -> impl Future<Output = Result<Option<Self>>> + Send {
        let query = Self::filter(condition);
        async move { query.first(db).await }
    }

    /// A record that meets a condition.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::NotFound) when there is none.
    fn find_by_or_fail(
        db: &Db,
        condition: impl FnOnce(Self::Handle<Self>) -> Condition<Self>,
    ) -> impl Future<Output = Result<Self>> + Send {
        let query = Self::filter(condition);
        async move { query.one(db).await }
    }

    /// The record with the lowest key.
    fn first(db: &Db) -> impl Future<Output = Result<Option<Self>>> + Send {
        Self::all().first(db)
    }

    /// The record with the highest key.
    fn last(db: &Db) -> impl Future<Output = Result<Option<Self>>> + Send {
        Self::all().last(db)
    }

    /// How many records there are.
    fn count(db: &Db) -> impl Future<Output = Result<u64>> + Send {
        Self::all().count(db)
    }

    /// One page of all records, with their number; see [`Query::paginate`].
    fn paginate(db: &Db, number: u64) -> impl Future<Output = Result<Page<Self>>> + Send {
        Self::all().paginate(db, number)
    }

    /// Loads a relationship of this record, by its position; the derive names one method for each.
    fn load_relation<'a>(&'a mut self, db: &'a Db, relation: usize) -> BoxFuture<'a, Result<()>> {
        preload::load(db, self, relation)
    }

    // Provided: writing.

    /// Sets the columns that are there; nothing is written yet.
    ///
    /// ```
    /// use velocious::prelude::*;
    ///
    /// #[derive(Model)]
    /// pub struct Task {
    ///     pub id: i64,
    ///     pub name: String,
    ///     pub record: RecordState,
    /// }
    ///
    /// let mut task = Task::new();
    /// task.assign(TaskChanges { name: Some("New name".into()), ..Default::default() });
    /// assert_eq!(task.name, "New name");
    /// ```
    fn assign(&mut self, changes: impl Into<Self::Changes>)
    where
        Self: Record,
    {
        self.apply(changes.into());
    }

    /// Writes the record if it is valid: INSERT when it is new, else UPDATE of what changed, and nothing if nothing
    /// did. Columns named `created_at` and `updated_at` are maintained.
    ///
    /// # Errors
    /// [`Invalid`](crate::error::Invalid) when a validation fails, also when a unique index of the database refuses
    /// what a uniqueness validation has let through; the messages are then in [`errors`](Model::errors) too.
    /// [`NotFound`](crate::error::NotFound) when the row is gone. Otherwise what the database says.
    fn save<'a>(&'a mut self, db: &'a Db) -> BoxFuture<'a, Result<()>>
    where
        Self: Record,
    {
        Box::pin(persistence::save(self, db))
    }

    /// A new record with these columns, saved; errors as for [`save`](Model::save).
    fn create<'a>(db: &'a Db, changes: impl Into<Self::Changes>) -> BoxFuture<'a, Result<Self>>
    where
        Self: Record,
    {
        let mut record = Self::new();
        record.apply(changes.into());
        Box::pin(async move {
            persistence::save(&mut record, db).await?;
            Ok(record)
        })
    }

    /// [`assign`](Model::assign) and [`save`](Model::save).
    fn update<'a>(
        &'a mut self,
        db: &'a Db,
        changes: impl Into<Self::Changes>,
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: Record,
    {
        self.apply(changes.into());
        self.save(db)
    }

    /// Deletes the record's row; a new record is only marked as destroyed.
    ///
    /// # Errors
    /// What the database says, for example that other rows refer to it. A row that is already gone is no error.
    fn destroy<'a>(&'a mut self, db: &'a Db) -> BoxFuture<'a, Result<()>>
    where
        Self: Record,
    {
        Box::pin(persistence::destroy(self, db))
    }

    /// Reads the row again and forgets what was changed or loaded since.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::NotFound) when the row is gone.
    fn reload<'a>(&'a mut self, db: &'a Db) -> BoxFuture<'a, Result<()>>
    where
        Self: Record,
    {
        Box::pin(async move {
            let key = Self::Key::from_value(persistence::stored_key(self)?)
                .map_err(|error| Error::message(error.to_string()))?;
            *self = Self::all().find(db, key).await?;
            Ok(())
        })
    }

    /// Runs the validations without writing; the messages are in [`errors`](Model::errors).
    ///
    /// # Errors
    /// What the database says when a uniqueness is looked up.
    fn validate<'a>(&'a mut self, db: &'a Db) -> BoxFuture<'a, Result<bool>>
    where
        Self: Record,
    {
        Box::pin(persistence::validate(self, db))
    }

    /// What the last validation said.
    fn errors(&self) -> &Errors
    where
        Self: Record,
    {
        self.record().errors()
    }

    /// Whether there is no row of this record yet.
    fn is_new_record(&self) -> bool
    where
        Self: Record,
    {
        self.record().is_new()
    }

    /// Whether there is a row of this record.
    fn is_persisted(&self) -> bool
    where
        Self: Record,
    {
        self.record().is_persisted()
    }

    /// The columns that differ from the row: name, the row's value, the record's value. For a new record, all of
    /// them, with NULL as the row's value. A column that was changed back is not among them.
    fn changes(&self) -> Vec<(&'static str, Value, Value)>
    where
        Self: Record,
    {
        let columns = Self::definition().columns;
        let stored = |at: usize| {
            self.record()
                .columns()
                .get(at)
                .cloned()
                .unwrap_or(Value::Null(columns[at].kind))
        };
        let changed = persistence::changed(self).into_iter();
        changed
            .map(|(at, value)| (columns[at].name, stored(at), value))
            .collect()
    }

    /// Whether [`save`](Model::save) would write anything.
    fn is_changed(&self) -> bool
    where
        Self: Record,
    {
        self.record().is_new() || !persistence::changed(self).is_empty()
    }
}

/// A model that can be saved, because it has a field of type [`RecordState`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a read-only model and cannot be saved",
    label = "a read-only model",
    note = "give the struct a field `pub record: RecordState` to make its records writable"
)]
pub trait Record: Model {
    /// What the record knows of itself.
    fn record(&self) -> &RecordState;

    /// The same, to change.
    fn record_mut(&mut self) -> &mut RecordState;
}

/// A foreign key of type `Self` fits a primary key of type `K`: the same type, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "a foreign key of type `{Self}` does not fit a primary key of type `{K}`",
    label = "the key's field is of type `{Self}`",
    note = "make the key's field a `{K}`, or an `Option<{K}>` where there may be no related record"
)]
pub trait ForeignKey<K> {}

impl<K: ColumnType> ForeignKey<K> for K {}
impl<K: ColumnType> ForeignKey<K> for Option<K> {}

/// A record as it comes from the database: stored, with its columns remembered.
pub fn loaded<M: Record>(mut record: M) -> M {
    let columns = erased::values(&record);
    *record.record_mut() = RecordState::stored(columns);
    record
}
