//! Typed select lists: what `pluck` takes.

use super::column::Column;
use super::expression::Expression;
use crate::BoxError;
use crate::database::RowRead;
use crate::value::ColumnType;

/// One column, or a tuple of up to eight, with the Rust type its rows decode to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column or a tuple of columns",
    note = "name columns here, as in `Task::pluck(|task| (task.id(), task.name()))`"
)]
pub trait Selection<R> {
    /// What one row becomes.
    type Row: Send + 'static;

    /// Appends the expressions to select.
    fn expressions(self, list: &mut Vec<Expression>);

    /// Reads one row, from the column `at` on, and moves `at` behind it.
    ///
    /// # Errors
    /// When a column holds something else.
    fn read(row: &dyn RowRead, at: &mut usize) -> Result<Self::Row, BoxError>;
}

impl<R, T: ColumnType, K> Selection<R> for Column<R, T, K> {
    type Row = T;

    fn expressions(self, list: &mut Vec<Expression>) {
        list.push(self.into_expression());
    }

    fn read(row: &dyn RowRead, at: &mut usize) -> Result<T, BoxError> {
        let value = row.get(*at)?;
        *at += 1;
        Ok(value)
    }
}

macro_rules! tuple_selection {
    ($($name:ident $field:tt),*) => {
        impl<R, $($name: Selection<R>),*> Selection<R> for ($($name,)*) {
            type Row = ($($name::Row,)*);

            fn expressions(self, list: &mut Vec<Expression>) {
                $(self.$field.expressions(list);)*
            }

            fn read(row: &dyn RowRead, at: &mut usize) -> Result<Self::Row, BoxError> {
                Ok(($($name::read(row, at)?,)*))
            }
        }
    };
}

tuple_selection!(A 0, B 1);
tuple_selection!(A 0, B 1, C 2);
tuple_selection!(A 0, B 1, C 2, D 3);
tuple_selection!(A 0, B 1, C 2, D 3, E 4);
tuple_selection!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple_selection!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple_selection!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
