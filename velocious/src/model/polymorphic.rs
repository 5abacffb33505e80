//! Relationships to records of several models: [`Polymorphic`], an enum of those models.
//!
//! ```
//! use velocious::prelude::*;
//!
//! /// What people can comment on.
//! #[derive(Debug, Clone, Polymorphic)]
//! pub enum Subject {
//!     Task(Task),
//!     Project(Project),
//! }
//!
//! #[derive(Debug, Clone, Model)]
//! pub struct Comment {
//!     pub id: i64,
//!     pub subject_id: i64,
//!     pub subject_type: String,                        // "Task" or "Project"
//!
//!     #[belongs_to(polymorphic)]
//!     pub subject: BelongsToAny<Subject>,
//!     pub record: RecordState,
//! }
//!
//! #[derive(Debug, Clone, Model)]
//! pub struct Task {
//!     pub id: i64,
//!
//!     #[has_many(as = subject)]
//!     pub comments: HasMany<Comment>,
//!     pub record: RecordState,
//! }
//!
//! #[derive(Debug, Clone, Model)]
//! pub struct Project {
//!     pub id: i64,
//!     pub name: String,
//!     pub record: RecordState,
//! }
//!
//! # async fn example(db: &Db) -> Result<()> {
//! for comment in Comment::preload(|c| c.subject()).load(db).await? {
//!     match comment.subject.get()? {
//!         Subject::Task(task) => println!("on task {}", task.id),
//!         Subject::Project(project) => println!("on {}", project.name),
//!     }
//! }
//! let on_alpha = Comment::filter(|c| c.subject().project().name().eq("Alpha"));
//! # let _ = on_alpha; Ok(()) }
//! # fn main() {}
//! ```

use super::Model;
use super::erased::AnyModel;
use super::relation::Loader;
use crate::query::{AnyHandle, Column};
use crate::value::ColumnType;

/// An enum of models, each in a variant of its own; implemented by `#[derive(Polymorphic)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enum of models",
    label = "not an enum of models",
    note = "put `#[derive(Polymorphic)]` on an enum like `enum {Self} {{ Task(Task), Project(Project) }}`"
)]
pub trait Polymorphic: Sized + Send + Sync + 'static {
    /// The typed handle that closures of queries are given, as reached from the model `R`.
    type Handle<R: 'static>: AnyHandle<Root = R, Any = Self>;

    /// The models.
    #[doc(hidden)]
    fn variants() -> &'static [Loader];

    /// The record, of whichever model it is.
    #[doc(hidden)]
    fn model(&self) -> &dyn AnyModel;

    /// The same, to change.
    #[doc(hidden)]
    fn model_mut(&mut self) -> &mut dyn AnyModel;

    /// The same record once more.
    #[doc(hidden)]
    fn copied(&self) -> Self;
}

/// `T` is one of the models of this enum.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no variant for `{T}`",
    label = "has no variant for `{T}`",
    note = "add a variant with a `{T}` to the enum"
)]
pub trait Includes<T>: Polymorphic + From<T> {
    /// The record, if it is a `T`.
    fn get(&self) -> Option<&T>;
}

/// A key of type `K` fits the primary key of every model of the enum.
#[diagnostic::on_unimplemented(
    message = "a key of type `{K}` does not fit the primary key of every model of `{Self}`",
    label = "the key's field is of type `{K}`",
    note = "the models of `{Self}` need primary keys of one type; make the key's field of that type, or an `Option` of it"
)]
pub trait AnyKey<K> {}

/// The name of a model can be kept in a field of this type.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` cannot hold the name of a model",
    label = "cannot hold the name of a model",
    note = "make the field a `String`, or an `Option<String>` where there may be no related record"
)]
pub trait ModelName: ColumnType {}

impl ModelName for String {}
impl ModelName for Option<String> {}

/// The fields of a `belongs_to(polymorphic)` fit the models that it may lead to.
pub fn assert_any_key<E: AnyKey<K>, K>() {}

/// The field that says of which model the related record is can do that.
pub fn assert_model_name<T: ModelName>() {}

/// The column of `T` that says of which model the record is that it belongs to along `relation`, which may be an `O`.
pub fn their_type<O: Model, T: Model, H, K>(
    _relation: fn(T::Handle<T>) -> H,
    column: fn(T::Handle<T>) -> Column<T, K>,
) -> &'static str
where
    H: AnyHandle,
    H::Any: Includes<O>,
    K: ModelName,
{
    column(crate::query::root::<T>()).name()
}
