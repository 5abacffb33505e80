//! Callbacks: what a model does at the stations of a record's life.
//!
//! * [`Callbacks`]: what an application writes; [`RunsCallbacks`]: that the derive knows of it.
//! * [`Lifecycle`]: how saving and destroying, which know no types, reach it.

use super::Record;
use super::erased::{AnyRecord, columns_of};
use crate::database::Db;
use crate::{BoxFuture, Result};

/// What a model does when a record of it is validated, saved or destroyed: each method does nothing unless the
/// model says otherwise. The struct needs the option `callbacks`.
///
/// ```
/// use velocious::prelude::*;
///
/// #[derive(Model)]
/// #[model(callbacks)]
/// pub struct Task {
///     pub id: i64,
///     pub name: String,
///     pub slug: String,
///     pub record: RecordState,
/// }
///
/// impl Callbacks for Task {
///     async fn before_save(&mut self, _db: &Db) -> Result<()> {
///         self.slug = self.name.to_lowercase().replace(' ', "-");
///         Ok(())
///     }
///
///     async fn before_destroy(&mut self, _db: &Db) -> Result<()> {
///         match self.slug.as_str() {
///             "inbox" => Err(Error::http(409, "The inbox stays.")),
///             _ => Ok(()),
///         }
///     }
/// }
/// ```
///
/// They run in this order, each with the handle of the transaction that all of it is:
///
/// | a new record is saved | a stored record is saved | a record is destroyed |
/// |---|---|---|
/// | `before_validation` | `before_validation` | `before_destroy` |
/// | *validations* | *validations* | *what depends on it is destroyed* |
/// | `after_validation` | `after_validation` | *DELETE* |
/// | *the records that it belongs to are saved* | *the same* | `after_destroy` |
/// | `before_save`, which may change which they are | `before_save` | |
/// | `before_create` | `before_update` | |
/// | *INSERT* | *UPDATE of what changed* | |
/// | *the records that belong to it are saved* | *the same* | |
/// | `after_create` | `after_update` | |
/// | `after_save` | `after_save` | |
/// | `after_commit` | `after_commit` | `after_commit` |
///
/// An error halts it, undoes all of it, and is what the caller gets, as it is. `update_column`, `increment`,
/// `touch`, `insert_multiple`, `upsert`, `update_all` and `delete_all` run none of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is declared with callbacks, and has none",
    label = "there is no `impl Callbacks for {Self}`",
    note = "write `impl Callbacks for {Self} {{ … }}`, or remove `callbacks` from `#[model(…)]`"
)]
pub trait Callbacks: RunsCallbacks {
    /// Before its validations: what they should find may be set here.
    fn before_validation(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }

    /// After its validations, of which [`errors`](super::Model::errors) has the messages; more may be added.
    fn after_validation(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }

    /// Before it is written, new or not; what is set here is saved, and not validated any more.
    fn before_save(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }

    /// After it was written, with everything around it, and before the commit. What was saved is in
    /// [`saved_changes`](super::Model::saved_changes).
    fn after_save(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }

    /// Before it is inserted.
    fn before_create(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }

    /// After it was inserted.
    fn after_create(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }

    /// Before it is updated, whether anything changed or not.
    fn before_update(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }

    /// After it was updated.
    fn after_update(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }

    /// Before it is destroyed, and what depends on it.
    fn before_destroy(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }

    /// After it was destroyed.
    fn after_destroy(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }

    /// After the outermost transaction in which it was saved or destroyed was committed. It is given a copy, with the
    /// columns as they were then and no relationship loaded, and a handle outside of the transaction. What is
    /// committed stays, so an error is logged and changes nothing.
    fn after_commit(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }

    /// The same after what it was saved or destroyed in was rolled back, from `before_save` or `before_destroy` on.
    fn after_rollback(&mut self, db: &Db) -> impl Future<Output = Result<()>> + Send {
        nothing(db)
    }
}

/// What happens where the model says nothing.
fn nothing(_: &Db) -> impl Future<Output = Result<()>> + Send + use<> {
    std::future::ready(Ok(()))
}

/// A station of a record's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Station {
    BeforeValidation,
    AfterValidation,
    BeforeSave,
    AfterSave,
    BeforeCreate,
    AfterCreate,
    BeforeUpdate,
    AfterUpdate,
    BeforeDestroy,
    AfterDestroy,
    AfterCommit,
    AfterRollback,
}

/// How the callbacks of a model are run. [`Record::LIFECYCLE`] holds it, where there are any.
pub struct Lifecycle<M> {
    run: for<'a> fn(&'a mut M, Station, &'a Db) -> BoxFuture<'a, Result<()>>,
    copy: fn(&M) -> Box<dyn AnyRecord>,
}

impl<M: Callbacks> Lifecycle<M> {
    /// That of a model with callbacks.
    pub const fn of() -> Self {
        Lifecycle {
            run: |record, station, db| match station {
                Station::BeforeValidation => Box::pin(record.before_validation(db)),
                Station::AfterValidation => Box::pin(record.after_validation(db)),
                Station::BeforeSave => Box::pin(record.before_save(db)),
                Station::AfterSave => Box::pin(record.after_save(db)),
                Station::BeforeCreate => Box::pin(record.before_create(db)),
                Station::AfterCreate => Box::pin(record.after_create(db)),
                Station::BeforeUpdate => Box::pin(record.before_update(db)),
                Station::AfterUpdate => Box::pin(record.after_update(db)),
                Station::BeforeDestroy => Box::pin(record.before_destroy(db)),
                Station::AfterDestroy => Box::pin(record.after_destroy(db)),
                Station::AfterCommit => Box::pin(record.after_commit(db)),
                Station::AfterRollback => Box::pin(record.after_rollback(db)),
            },
            copy: |record| Box::new(columns_of::<M>(record)),
        }
    }
}

impl<M> Lifecycle<M> {
    pub(super) fn run<'a>(
        &self,
        record: &'a mut M,
        station: Station,
        db: &'a Db,
    ) -> BoxFuture<'a, Result<()>> {
        (self.run)(record, station, db)
    }

    pub(super) fn copy(&self, record: &M) -> Box<dyn AnyRecord> {
        (self.copy)(record)
    }
}

/// A model whose callbacks run, because it was declared with them.
#[diagnostic::on_unimplemented(
    message = "the callbacks of `{Self}` would never run",
    label = "`{Self}` is declared without callbacks",
    note = "put `#[model(callbacks)]` on the struct, below `#[derive(Model)]`"
)]
pub trait RunsCallbacks: Record {}

/// Runs the callback of a station, if the model has callbacks.
pub(super) async fn run(record: &mut dyn AnyRecord, station: Station, db: &Db) -> Result<()> {
    match record.has_callbacks() {
        true => record.run_callback(station, db).await,
        false => Ok(()),
    }
}

/// Lets a record know in the end what became of what was done to it in the transaction of `db`: with its columns as
/// they are now. What was not done completely cannot be committed.
pub(super) async fn tell_in_the_end(record: &dyn AnyRecord, is_done: bool, db: &Db) {
    if let Some(copy) = record.copy() {
        db.after_rollback(move |db| at_the_end(copy, Station::AfterRollback, db));
    }
    if let Some(copy) = record.copy().filter(|_| is_done) {
        db.after_commit(move |db| at_the_end(copy, Station::AfterCommit, db))
            .await;
    }
}

async fn at_the_end(mut record: Box<dyn AnyRecord>, station: Station, db: Db) -> Result<()> {
    record.run_callback(station, &db).await
}
