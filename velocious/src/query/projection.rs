//! Structs of some columns: what [`Query::select`](super::Query::select) reads.

use std::marker::PhantomData;

use super::Selection;
use super::column::Column;
use super::expression::Expression;
use crate::BoxError;
use crate::database::RowRead;
use crate::model::Model;
use crate::value::ColumnType;

/// A struct that holds some columns of a model and of what it relates to; `#[derive(Projection)]` implements it.
///
/// ```
/// use velocious::{database::Dialect, prelude::*, Projection};
///
/// #[derive(Model)]
/// pub struct Project {
///     pub id: i64,
///     pub name: String,
/// }
///
/// #[derive(Model)]
/// pub struct Task {
///     pub id: i64,
///     pub name: String,
///     pub project_id: i64,
///     #[belongs_to]
///     pub project: BelongsTo<Project>,
/// }
///
/// #[derive(Projection)]
/// #[projection(model = Task)]
/// struct Line {
///     name: String,
///     #[projection(from = project.name)]
///     project_name: Option<String>,
/// }
///
/// let lines = Task::select::<Line>();
/// assert_eq!(
///     lines.to_sql(Dialect::Sqlite),
///     r#"SELECT "tasks"."name", "project"."name" FROM "tasks" LEFT JOIN "projects" AS "project" ON "project"."id" = "tasks"."project_id""#
/// );
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a projection",
    label = "not a projection",
    note = "put `#[derive(Projection)]` and `#[projection(model = …)]` on the struct"
)]
pub trait Projection: Sized + Send + 'static {
    /// The model whose columns it holds.
    type Model: Model;

    /// The columns to select, in the order of the fields.
    #[doc(hidden)]
    fn columns(model: <Self::Model as Model>::Handle<Self::Model>) -> Vec<SelectItem>;

    /// Decodes the columns of a row from position `at` on.
    ///
    /// # Errors
    /// When a column holds something that its field cannot.
    fn read(row: &dyn RowRead, at: &mut usize) -> Result<Self, BoxError>;
}

/// A select list that a projection makes; never more than a type.
pub struct Projected<P>(PhantomData<fn() -> P>);

impl<P> Projected<P> {
    pub(super) fn new() -> Self {
        Projected(PhantomData)
    }
}

impl<P: Projection> Selection<P::Model> for Projected<P> {
    type Row = P;

    fn expressions(self, list: &mut Vec<Expression>) {
        let columns = P::columns(super::path::root::<P::Model>());
        list.extend(columns.into_iter().map(|item| item.0));
    }

    fn read(row: &dyn RowRead, at: &mut usize) -> Result<P, BoxError> {
        P::read(row, at)
    }
}

/// One column of a select list.
pub struct SelectItem(Expression);

/// The column that goes to a field of type `F`; the derive writes one call for each field.
pub fn projected<F, C: ProjectedColumn<F>>(column: C) -> SelectItem {
    column.into_item()
}

/// A column that goes to a field of type `F`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column, and a projection holds columns",
    label = "not a column",
    note = "go on to a column of it, as in `#[projection(from = project.name)]`"
)]
pub trait ProjectedColumn<F> {
    /// The expression to select.
    #[doc(hidden)]
    fn into_item(self) -> SelectItem;
}

impl<F, R, T: ProjectedAs<F>, K> ProjectedColumn<F> for Column<R, T, K> {
    fn into_item(self) -> SelectItem {
        SelectItem(self.into_expression())
    }
}

/// A column of type `Self` can be read into a field of type `F`: the same type, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot be read into a field of type `{F}`",
    label = "this field is a `{F}`, its column a `{Self}`",
    note = "make the field a `{Self}`, or an `Option` of it where there may be no related record"
)]
pub trait ProjectedAs<F> {}

impl<T: ColumnType> ProjectedAs<T> for T {}
impl<T: ColumnType> ProjectedAs<Option<T>> for T {}
