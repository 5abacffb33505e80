//! Models: what `#[derive(Model)]` implements, and what every record can do.
//!
//! * [`Model`]: a struct that rows of a table decode to; [`Record`]: one that can also be saved.
//! * [`definition`]: the constant data the derive emits; [`relation`]: the fields of related records;
//!   [`polymorphic`]: those of several models.
//! * [`state`]: new or stored, what changed; [`errors`] and `validation`: what is wrong with a record.
//! * `erased`: records without their type, on which what follows works, so that it is compiled once.
//! * `persistence`: INSERT, UPDATE and DELETE, written once for all models; `preload`: loading along relationships.
//! * `graph`: saving a record with what is around it; `dependent`: destroying it; `effect`: what that does to others.
//! * `translation`: attributes in several languages.
//! * [`Callbacks`]: what a model does when its records are saved or destroyed.
//! * `find_or`: find or make; [`bulk`](InsertMultiple) and `upsert`: many rows in one statement.
//! * `changes`: what the derive's `TaskChanges` is made of.

mod bulk;
pub(crate) mod callbacks;
pub(crate) mod changes;
pub(crate) mod checks;
pub(crate) mod create;
pub mod definition;
mod dependent;
mod effect;
pub(crate) mod erased;
pub mod errors;
mod find_or;
mod graph;
mod persistence;
pub mod polymorphic;
pub(crate) mod preload;
mod refusal;
pub mod relation;
pub mod state;
pub(crate) mod stored;
pub(crate) mod through;
pub(crate) mod translation;
mod upsert;
pub(crate) mod validation;

use std::hash::Hash;

pub use bulk::{
    ColumnList, FailedRow, InsertIndividually, InsertMultiple, InsertResults, InsertRow, IntoColumn,
};
pub use callbacks::{Callbacks, Lifecycle, RunsCallbacks};
pub use checks::{Counter, TimeColumn};
pub use definition::{ColumnDefinition, ModelDefinition, RelationDefinition, RelationKind};
pub use erased::AnyRecord;
pub use errors::{ErrorMessage, Errors};
pub use polymorphic::{Includes, Polymorphic};
pub use preload::preload;
pub use relation::{BelongsTo, BelongsToAny, HasMany, HasOne, Slot};
pub use state::RecordState;
pub use validation::rule::{Allowed, Bound, Occasion, Operator, Pattern, Rule, Validation};

use crate::database::{Db, RowRead};
#[cfg(feature = "password")]
use crate::password::{PasswordDigest, PasswordField};
use crate::query::{
    Assignment, Column, Condition, IntoOrder, Page, Pluck, PreloadPath, Projected, Projection,
    Query, RelationPath, Selection, root,
};
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

    /// The columns.
    #[doc(hidden)]
    const COLUMNS: &'static [ColumnDefinition];

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

    /// The positions of the columns that are there.
    fn changed_columns(changes: &Self::Changes) -> Vec<usize>;

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
    fn preload<P: PreloadPath<Root = Self>>(
        relation: impl FnOnce(Self::Handle<Self>) -> P,
    ) -> Query<Self> {
        Self::all().preload(relation)
    }

    /// Loads a relationship of records that are there already; see [`preload`](crate::preload).
    fn preload_into<'a, P: PreloadPath<Root = Self>>(
        db: &'a Db,
        records: &'a mut [Self],
        relation: impl FnOnce(Self::Handle<Self>) -> P,
    ) -> BoxFuture<'a, Result<()>> {
        preload::preload(db, records, relation)
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

    /// Only the columns that a struct names; see [`Query::select`].
    fn select<P: Projection<Model = Self>>() -> Pluck<Self, Projected<P>> {
        Self::all().select()
    }

    /// The records that a named scope keeps; see [`Query::scope`].
    fn scope(scope: impl FnOnce(Query<Self>) -> Query<Self>) -> Query<Self> {
        Self::all().scope(scope)
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

    // Provided: finding or making.

    /// The first record with these columns, or a new one with them that is not saved yet; see
    /// [`Query::find_or_initialize_by`].
    ///
    /// ```no_run
    /// use velocious::prelude::*;
    ///
    /// #[derive(Model)]
    /// pub struct Task {
    ///     pub id: i64,
    ///     pub identifier: String,
    ///     pub record: RecordState,
    /// }
    ///
    /// # async fn example(db: &Db) -> Result<()> {
    /// let identifier = Some("task-5".to_owned());
    /// let mut task = Task::find_or_initialize_by(db, TaskChanges { identifier }).await?;
    /// if task.is_new_record() {
    ///     task.save(db).await?;
    /// }
    /// # Ok(()) }
    /// ```
    fn find_or_initialize_by<'a>(
        db: &'a Db,
        changes: impl Into<Self::Changes>,
    ) -> BoxFuture<'a, Result<Self>>
    where
        Self: Record,
    {
        Self::all().find_or_initialize_by(db, changes)
    }

    /// The first record with these columns, or a new one with them, given to `prepare` and saved; see
    /// [`Query::find_or_create_by`].
    ///
    /// ```no_run
    /// # use velocious::prelude::*;
    /// # #[derive(Model)]
    /// # pub struct Task {
    /// #     pub id: i64,
    /// #     pub identifier: String,
    /// #     pub description: String,
    /// #     pub record: RecordState,
    /// # }
    /// # async fn example(db: &Db) -> Result<()> {
    /// let wanted = TaskChanges { identifier: Some("task-5".into()), ..Default::default() };
    /// let task = Task::find_or_create_by(db, wanted, |task| {
    ///     task.description = "Only a new one gets this".into();
    /// })
    /// .await?;
    /// # let _ = task; Ok(()) }
    /// ```
    fn find_or_create_by<'a>(
        db: &'a Db,
        changes: impl Into<Self::Changes>,
        prepare: impl FnOnce(&mut Self) + Send + 'a,
    ) -> BoxFuture<'a, Result<Self>>
    where
        Self: Record,
    {
        Self::all().find_or_create_by(db, changes, prepare)
    }

    // Provided: writing many rows.

    /// Inserts many rows in a few statements, past validations and callbacks; all of them or none. Columns named
    /// `created_at` and `updated_at` are set when they are not among `columns`. See
    /// [`InsertMultiple::retry_individually`] for rows of which some may be refused.
    ///
    /// ```no_run
    /// # use velocious::prelude::*;
    /// # #[derive(Model)]
    /// # pub struct Task {
    /// #     pub id: i64,
    /// #     pub project_id: i64,
    /// #     pub name: String,
    /// #     pub record: RecordState,
    /// # }
    /// # async fn example(db: &Db) -> Result<()> {
    /// let rows = [(1, "Task A"), (1, "Task B")];
    /// let inserted = Task::insert_multiple(db, |t| (t.project_id(), t.name()), rows).await?;
    /// assert_eq!(inserted, 2);
    ///
    /// let rows = [(1, "Task B"), (1, "Task C")];
    /// let results = Task::insert_multiple(db, |t| (t.project_id(), t.name()), rows)
    ///     .retry_individually()
    ///     .await?;
    /// assert_eq!(results.succeeded, [(1, "Task C")]);
    /// assert_eq!(results.failed[0].row, (1, "Task B"));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Awaited, what the database says; also when a column is reached along a relationship.
    fn insert_multiple<'a, C, V>(
        db: &'a Db,
        columns: impl FnOnce(Self::Handle<Self>) -> C,
        rows: impl IntoIterator<Item = V>,
    ) -> InsertMultiple<'a, Self, V>
    where
        Self: Record,
        C: ColumnList<Self>,
        V: InsertRow<Self, C>,
    {
        InsertMultiple::new(db, columns, rows)
    }

    /// Inserts a row with these columns, or updates the one that has the same values in the columns of `key`, which
    /// must have a unique index; past validations and callbacks. Gives back the record as it is stored then.
    ///
    /// On MySQL and MariaDB a conflict with any unique index is an update.
    ///
    /// ```no_run
    /// # use velocious::prelude::*;
    /// # #[derive(Model)]
    /// # pub struct Setting {
    /// #     pub id: i64,
    /// #     pub name: String,
    /// #     pub value: String,
    /// #     pub record: RecordState,
    /// # }
    /// # async fn example(db: &Db) -> Result<()> {
    /// let changes = SettingChanges { name: Some("theme".into()), value: Some("dark".into()) };
    /// let setting = Setting::upsert(db, changes, |setting| setting.name()).await?;
    /// # let _ = setting; Ok(()) }
    /// ```
    ///
    /// # Errors
    /// When a column of `key` has no value in `changes`, or is reached along a relationship; else what the database
    /// says.
    fn upsert<'a, C: ColumnList<Self>>(
        db: &'a Db,
        changes: impl Into<Self::Changes>,
        key: impl FnOnce(Self::Handle<Self>) -> C,
    ) -> BoxFuture<'a, Result<Self>>
    where
        Self: Record,
    {
        let (record, columns) = changes::new_with::<Self>(changes.into());
        let key = key(root::<Self>()).names();
        Box::pin(upsert::upsert(db, record, columns, key))
    }

    /// Inserts many rows, or updates those that have the same values in the columns of `key`, as
    /// [`upsert`](Model::upsert) does with one; gives back how many were written. Of rows that have the same key, the
    /// last is written.
    ///
    /// ```no_run
    /// # use velocious::prelude::*;
    /// # #[derive(Model)]
    /// # pub struct Setting {
    /// #     pub id: i64,
    /// #     pub name: String,
    /// #     pub value: String,
    /// #     pub record: RecordState,
    /// # }
    /// # async fn example(db: &Db) -> Result<()> {
    /// let rows = [("theme", "dark"), ("language", "en")];
    /// Setting::upsert_all(db, |s| (s.name(), s.value()), rows, |s| s.name()).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As for [`upsert`](Model::upsert).
    fn upsert_all<'a, C, V, K>(
        db: &'a Db,
        columns: impl FnOnce(Self::Handle<Self>) -> C,
        rows: impl IntoIterator<Item = V>,
        key: impl FnOnce(Self::Handle<Self>) -> K,
    ) -> BoxFuture<'a, Result<usize>>
    where
        Self: Record,
        C: ColumnList<Self>,
        V: InsertRow<Self, C>,
        K: ColumnList<Self>,
    {
        let batch = InsertMultiple::new(db, columns, rows).into_batch();
        Box::pin(upsert::upsert_all(db, batch, key(root::<Self>()).names()))
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
    /// What was built, set or given out to be changed along its relationships is saved with it, in one transaction: all
    /// of it or nothing.
    ///
    /// # Errors
    /// [`Invalid`](crate::error::Invalid) when a validation fails, also when a unique index of the database refuses
    /// what a uniqueness validation has let through; the messages are then in [`errors`](Model::errors) too.
    /// [`NotFound`](crate::error::NotFound) when the row is gone; where the model has a column `lock_version`,
    /// [`StaleRecord`](crate::error::StaleRecord) when it was written since it was read, or is gone. Otherwise what
    /// the database says.
    fn save<'a>(&'a mut self, db: &'a Db) -> BoxFuture<'a, Result<()>>
    where
        Self: Record,
    {
        Box::pin(graph::save(self, db))
    }

    /// A new record with these columns, saved; errors as for [`save`](Model::save).
    fn create<'a>(db: &'a Db, changes: impl Into<Self::Changes>) -> BoxFuture<'a, Result<Self>>
    where
        Self: Record,
    {
        let mut record = Self::new();
        record.apply(changes.into());
        Box::pin(async move {
            graph::save(&mut record, db).await?;
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

    /// Writes one column of the record's row at once, past validations, callbacks and `updated_at`; what else was
    /// changed stays as it is, and unsaved.
    ///
    /// ```no_run
    /// # use velocious::prelude::*;
    /// # #[derive(Model)]
    /// # pub struct Task {
    /// #     pub id: i64,
    /// #     pub position: i32,
    /// #     pub record: RecordState,
    /// # }
    /// # async fn example(task: &mut Task, db: &Db) -> Result<()> {
    /// task.update_column(db, |task| task.position().set(3)).await
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`NotFound`](crate::error::NotFound) when there is no such row; when the column is reached along a
    /// relationship; else what the database says.
    fn update_column<'a>(
        &'a mut self,
        db: &'a Db,
        assignment: impl FnOnce(Self::Handle<Self>) -> Assignment<Self>,
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: Record,
    {
        self.update_columns(db, |handle| [assignment(handle)])
    }

    /// [`update_column`](Model::update_column) for several columns.
    fn update_columns<'a, const N: usize>(
        &'a mut self,
        db: &'a Db,
        assignments: impl FnOnce(Self::Handle<Self>) -> [Assignment<Self>; N],
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: Record,
    {
        let assignments = assignments(root::<Self>())
            .into_iter()
            .map(Assignment::into_parts);
        let assignments = assignments.collect();
        Box::pin(persistence::update_columns(self, db, assignments))
    }

    /// Adds a number to a column of the record's row at once, in the database, so that nothing is lost when others do
    /// so, too; past validations, callbacks and `updated_at`. NULL counts as zero. What else was changed stays as it
    /// is, and unsaved.
    ///
    /// ```no_run
    /// # use velocious::prelude::*;
    /// # #[derive(Model)]
    /// # pub struct Task {
    /// #     pub id: i64,
    /// #     pub views: i32,
    /// #     pub record: RecordState,
    /// # }
    /// # async fn example(task: &mut Task, db: &Db) -> Result<()> {
    /// task.increment(db, |task| task.views(), 1).await
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`NotFound`](crate::error::NotFound) when there is no such row; when the column is reached along a
    /// relationship; else what the database says.
    fn increment<'a, T: Counter>(
        &'a mut self,
        db: &'a Db,
        column: impl FnOnce(Self::Handle<Self>) -> Column<Self, T>,
        by: i64,
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: Record,
    {
        let column = column(root::<Self>()).own_name();
        Box::pin(async move { persistence::increment(self, db, column?, by).await })
    }

    /// Sets `updated_at` of the record's row to now, and of those that it touches in turn; past validations and
    /// callbacks. What else was changed stays as it is, and unsaved.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::NotFound) when there is no such row; else what the database says.
    fn touch<'a>(&'a mut self, db: &'a Db) -> BoxFuture<'a, Result<()>>
    where
        Self: Timestamped,
    {
        Box::pin(effect::touch(self, None, db))
    }

    /// The same with one more column that holds a time, as in `task.touch_column(db, |task| task.seen_at())`.
    ///
    /// # Errors
    /// As for [`touch`](Model::touch); when the column is reached along a relationship.
    fn touch_column<'a, T: TimeColumn>(
        &'a mut self,
        db: &'a Db,
        column: impl FnOnce(Self::Handle<Self>) -> Column<Self, T>,
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: Record,
    {
        let column = column(root::<Self>()).own_name();
        Box::pin(async move { effect::touch(self, Some(column?), db).await })
    }

    /// Deletes the record's row, after what its relationships say about those that depend on it, in one transaction; a
    /// new record is only marked as destroyed.
    ///
    /// # Errors
    /// [`Invalid`](crate::error::Invalid) when a relationship restricts it. Otherwise what the database says, for
    /// example that other rows refer to it. A row that is already gone is no error, except where the model has a
    /// column `lock_version`: then it is [`StaleRecord`](crate::error::StaleRecord), as it is when the row was written
    /// since it was read.
    fn destroy<'a>(&'a mut self, db: &'a Db) -> BoxFuture<'a, Result<()>>
    where
        Self: Record,
    {
        Box::pin(dependent::destroy(self, db))
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
        graph::validate(self, db, &[])
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
    /// them, with NULL as the row's value. A column that was changed back is not among them. Translated attributes follow,
    /// as `title_en`. Of a password, only that it changed.
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
        let changes = changed.map(|(at, value)| (columns[at].name, stored(at), value));
        #[cfg(feature = "password")]
        let changes = changes.map(|change| crate::password::filtered(self, change));
        changes.chain(translation::changes(self)).collect()
    }

    /// Whether a column differs from the row, as in `task.is_changed_in(|task| task.name())`.
    fn is_changed_in<T: ColumnType>(
        &self,
        column: impl FnOnce(Self::Handle<Self>) -> Column<Self, T>,
    ) -> bool
    where
        Self: Record,
    {
        let column = column(root::<Self>()).own_name();
        let changes = self.changes();
        column.is_ok_and(|column| changes.iter().any(|(name, ..)| *name == column))
    }

    /// What the last save wrote, as [`changes`](Model::changes) had it before: name, the row's value then, the row's
    /// value now. Nothing, when it had nothing to write.
    fn saved_changes(&self) -> Vec<(&'static str, Value, Value)>
    where
        Self: Record,
    {
        persistence::saved_changes(self)
    }

    /// Whether the last save wrote another value to a column, as in `task.was_changed_in(|task| task.name())`.
    fn was_changed_in<T: ColumnType>(
        &self,
        column: impl FnOnce(Self::Handle<Self>) -> Column<Self, T>,
    ) -> bool
    where
        Self: Record,
    {
        let column = column(root::<Self>()).own_name();
        let changes = self.saved_changes();
        column.is_ok_and(|column| changes.iter().any(|(name, ..)| *name == column))
    }

    /// Whether the last save inserted the row.
    fn was_new_record(&self) -> bool
    where
        Self: Record,
    {
        self.record().before_save().is_some_and(<[Value]>::is_empty)
    }

    /// Whether [`save`](Model::save) would write anything.
    fn is_changed(&self) -> bool
    where
        Self: Record,
    {
        graph::is_changed(self)
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

    /// How its callbacks are run, if it has any.
    #[doc(hidden)]
    const LIFECYCLE: Option<Lifecycle<Self>> = None;

    /// Whether a rule must hold that stands under `if` or `unless`, by the number of that condition.
    #[doc(hidden)]
    fn is_guarded(&self, guard: usize) -> bool {
        let _ = guard;
        true
    }

    /// Where the record keeps its password, if it has one.
    #[cfg(feature = "password")]
    #[doc(hidden)]
    fn password_field(&self) -> Option<PasswordField> {
        None
    }

    /// What is known of its password.
    #[cfg(feature = "password")]
    #[doc(hidden)]
    fn known_password(&self) -> Option<&PasswordDigest> {
        None
    }

    /// The same, to change.
    #[cfg(feature = "password")]
    #[doc(hidden)]
    fn known_password_mut(&mut self) -> Option<&mut PasswordDigest> {
        None
    }

    /// Adds what a validating function of the model says, by the function's number.
    #[doc(hidden)]
    fn check_custom<'a>(
        &'a self,
        function: usize,
        db: &'a Db,
        errors: &'a mut Errors,
    ) -> BoxFuture<'a, Result<()>> {
        let _ = (function, db, errors);
        Box::pin(std::future::ready(Ok(())))
    }
}

/// A model with a column `updated_at`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `updated_at` to set",
    label = "has no `updated_at`",
    note = "add `pub updated_at: DateTime<Utc>`, or name another column: `touch_column(&db, |record| record.seen_at())`"
)]
pub trait Timestamped: Record {}

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
    graph::own_slots(&mut record);
    record
}
