//! Typed columns: comparisons and assignments that only compile with a fitting type.

use std::marker::PhantomData;

use super::condition::Condition;
use super::expression::Expression;
use super::order::{Direction, Order};
use super::path::Path;
use crate::value::{ColumnType, Value};
use crate::{Error, Result};

/// A column of type `T` as reached from the model `R`, the root of a query; with [`Computed`] as `K`, what an
/// aggregate like [`count`](Column::count) makes of one.
pub struct Column<R, T, K = Stored> {
    expression: Expression,
    types: PhantomData<Types<R, T, K>>,
}

/// Types that a column is of, none of which it holds.
type Types<R, T, K> = fn() -> (R, T, K);

/// Marks a column of a table.
pub enum Stored {}

/// Marks a column that the database computes.
pub enum Computed {}

impl<R, T> Column<R, T> {
    /// The column `name` of the table at the end of a path.
    pub fn new(path: Path, name: &'static str) -> Self {
        Column::of(Expression::Column(path, name))
    }

    /// Its name in the database.
    pub(crate) fn name(&self) -> &'static str {
        match &self.expression {
            Expression::Column(_, name) => name,
            // A stored column is never anything else.
            _ => "",
        }
    }
}

impl<R, T, K> Column<R, T, K> {
    pub(super) fn of(expression: Expression) -> Self {
        Column {
            expression,
            types: PhantomData,
        }
    }

    pub(crate) fn into_expression(self) -> Expression {
        self.expression
    }
}

impl<R, T, K> Clone for Column<R, T, K> {
    fn clone(&self) -> Self {
        Column::of(self.expression.clone())
    }
}

/// What a column of type `T` can be compared with: a `T`, what reads as one, or another column of that type.
#[diagnostic::on_unimplemented(
    message = "a column of type `{T}` cannot be compared with `{Self}`",
    label = "this is not a `{T}`",
    note = "give a value of type `{T}`, or another column of that type"
)]
pub trait Operand<R, T> {
    /// The expression to compare with.
    fn into_operand(self) -> Expression;
}

impl<R, T: ColumnType> Operand<R, T> for T {
    fn into_operand(self) -> Expression {
        Expression::Value(self.to_value())
    }
}

impl<R, T: ColumnType> Operand<R, Option<T>> for T {
    fn into_operand(self) -> Expression {
        Expression::Value(self.to_value())
    }
}

impl<R, T, K> Operand<R, T> for Column<R, T, K> {
    fn into_operand(self) -> Expression {
        self.into_expression()
    }
}

/// One of two columns that are compared may be NULL where the other cannot.
impl<R, T, K> Operand<R, T> for Column<R, Option<T>, K> {
    fn into_operand(self) -> Expression {
        self.into_expression()
    }
}

impl<R, T, K> Operand<R, Option<T>> for Column<R, T, K> {
    fn into_operand(self) -> Expression {
        self.into_expression()
    }
}

/// Text that is not owned can be compared with a column of text.
macro_rules! text_operand {
    ($($type:ty),*) => {$(
        impl<R> Operand<R, String> for $type {
            fn into_operand(self) -> Expression {
                Expression::Value(Value::Text(self.to_owned()))
            }
        }

        impl<R> Operand<R, Option<String>> for $type {
            fn into_operand(self) -> Expression {
                Expression::Value(Value::Text(self.to_owned()))
            }
        }
    )*};
}

text_operand!(&str, &String);

impl<R, T: ColumnType, K> Column<R, T, K> {
    /// Equal; `None` asks for NULL.
    pub fn eq(self, other: impl Operand<R, T>) -> Condition<R> {
        match other.into_operand() {
            Expression::Value(Value::Null(_)) => self.null(false),
            other => self.compare(" = ", other),
        }
    }

    /// Not equal; `None` asks for what is not NULL. NULL itself is never unequal to a value, as everywhere in SQL.
    pub fn ne(self, other: impl Operand<R, T>) -> Condition<R> {
        match other.into_operand() {
            Expression::Value(Value::Null(_)) => self.null(true),
            other => self.compare(" <> ", other),
        }
    }

    /// Less.
    pub fn lt(self, other: impl Operand<R, T>) -> Condition<R> {
        self.compare(" < ", other.into_operand())
    }

    /// Less or equal.
    pub fn le(self, other: impl Operand<R, T>) -> Condition<R> {
        self.compare(" <= ", other.into_operand())
    }

    /// Greater.
    pub fn gt(self, other: impl Operand<R, T>) -> Condition<R> {
        self.compare(" > ", other.into_operand())
    }

    /// Greater or equal.
    pub fn ge(self, other: impl Operand<R, T>) -> Condition<R> {
        self.compare(" >= ", other.into_operand())
    }

    /// From `low` to `high`, both included.
    pub fn between(self, low: impl Operand<R, T>, high: impl Operand<R, T>) -> Condition<R> {
        self.clone().ge(low).and(self.le(high))
    }

    /// One of the values; of an empty list, none. NULL in the list asks for NULL too.
    pub fn is_in<V: Operand<R, T>>(self, values: impl IntoIterator<Item = V>) -> Condition<R> {
        self.list(values, false)
    }

    /// None of the values; of an empty list, always. NULL in the list asks for what is not NULL.
    pub fn not_in<V: Operand<R, T>>(self, values: impl IntoIterator<Item = V>) -> Condition<R> {
        self.list(values, true)
    }

    /// NULL.
    pub fn is_null(self) -> Condition<R> {
        self.null(false)
    }

    /// Not NULL.
    pub fn is_not_null(self) -> Condition<R> {
        self.null(true)
    }

    /// The same column where there may be no record to have it: `None` then. What is plucked along a relationship is
    /// NULL for records that have nothing there.
    ///
    /// ```no_run
    /// use velocious::prelude::*;
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
    ///     pub project_id: Option<i64>,
    ///     #[belongs_to]
    ///     pub project: BelongsTo<Project>,
    /// }
    ///
    /// # async fn example(db: &Db) -> Result<()> {
    /// let names: Vec<(i64, Option<String>)> =
    ///     Task::pluck(|t| (t.id(), t.project().name().optional())).load(db).await?;
    /// # Ok(()) }
    /// ```
    pub fn optional(self) -> Column<R, T::Nullable, K> {
        Column::of(self.expression)
    }

    /// From small to great.
    pub fn asc(self) -> Order<R> {
        Order::new(self.into_expression(), Direction::Ascending)
    }

    /// From great to small.
    pub fn desc(self) -> Order<R> {
        Order::new(self.into_expression(), Direction::Descending)
    }

    fn compare(self, operator: &'static str, other: Expression) -> Condition<R> {
        Condition::new(Expression::Binary(
            Box::new(self.into_expression()),
            operator,
            Box::new(other),
        ))
    }

    fn null(self, negated: bool) -> Condition<R> {
        Condition::new(Expression::IsNull {
            of: Box::new(self.into_expression()),
            negated,
        })
    }

    fn list<V: Operand<R, T>>(
        self,
        values: impl IntoIterator<Item = V>,
        negated: bool,
    ) -> Condition<R> {
        let (mut nulls, mut plain, mut others) = (false, Vec::new(), Vec::new());
        for value in values {
            match value.into_operand() {
                Expression::Value(Value::Null(_)) => nulls = true,
                Expression::Value(value) => plain.push(value),
                other => others.push(other),
            }
        }
        let of = Box::new(self.clone().into_expression());
        let mut parts = vec![Condition::new(Expression::In {
            of,
            values: plain,
            negated,
        })];
        if nulls {
            parts.push(self.clone().null(negated));
        }
        for other in others {
            parts.push(
                self.clone()
                    .compare(if negated { " <> " } else { " = " }, other),
            );
        }
        match (parts.len(), negated) {
            (1, _) => parts.remove(0),
            (_, true) => Condition::all(parts),
            (_, false) => Condition::any(parts),
        }
    }
}

/// A column of text, or of text that may be NULL.
#[diagnostic::on_unimplemented(
    message = "only a column of text has a pattern to match",
    label = "a column of type `{Self}`",
    note = "compare it with `eq`, `lt`, `gt` or `between` instead"
)]
pub trait TextColumn: ColumnType {}

impl TextColumn for String {}

impl<R, T: ColumnType, K> Column<R, T, K> {
    /// Matches a pattern of SQL: `%` stands for any text, `_` for any letter, `\` before one of them for itself.
    pub fn like(self, pattern: impl Into<String>) -> Condition<R>
    where
        T::Base: TextColumn,
    {
        self.matches(pattern.into(), false)
    }

    /// The same, whatever the case of the letters.
    pub fn ilike(self, pattern: impl Into<String>) -> Condition<R>
    where
        T::Base: TextColumn,
    {
        self.matches(pattern.into(), true)
    }

    /// Holds a piece of text, letter by letter.
    pub fn contains(self, text: &str) -> Condition<R>
    where
        T::Base: TextColumn,
    {
        self.matches(format!("%{}%", escaped(text)), false)
    }

    /// Starts with a piece of text.
    pub fn starts_with(self, text: &str) -> Condition<R>
    where
        T::Base: TextColumn,
    {
        self.matches(format!("{}%", escaped(text)), false)
    }

    /// Ends with a piece of text.
    pub fn ends_with(self, text: &str) -> Condition<R>
    where
        T::Base: TextColumn,
    {
        self.matches(format!("%{}", escaped(text)), false)
    }

    fn matches(self, pattern: String, any_case: bool) -> Condition<R> {
        Condition::new(Expression::Like {
            of: Box::new(self.into_expression()),
            pattern,
            any_case,
        })
    }
}

/// Text in which nothing stands for anything but itself in a pattern.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

impl<R, T: ColumnType> Column<R, T> {
    /// The assignment of a value, for `update_all` and `update_column`.
    pub fn set(self, value: T) -> Assignment<R> {
        Assignment {
            column: self.expression,
            value: value.to_value(),
            root: PhantomData,
        }
    }

    /// The column's name, if it is one of the query's own table.
    ///
    /// # Errors
    /// When it is reached along a relationship.
    pub(crate) fn own_name(self) -> Result<&'static str> {
        own_name(self.expression)
    }
}

fn own_name(column: Expression) -> Result<&'static str> {
    let (path, name) = match column {
        Expression::Column(path, name) if path.is_root() => return Ok(name),
        Expression::Column(path, name) => (path, name),
        // A stored column is never anything else.
        _ => (Path::root(), ""),
    };
    Err(Error::message(format!(
        "`{}.{name}` is a column of another table: only the model's own columns can be written here",
        path.names().join(".")
    )))
}

/// The assignment of a value to a column of `R`'s own table.
pub struct Assignment<R> {
    column: Expression,
    value: Value,
    root: PhantomData<fn() -> R>,
}

impl<R> Assignment<R> {
    /// The column's name and its new value.
    ///
    /// # Errors
    /// When the column is reached along a relationship.
    pub(crate) fn into_parts(self) -> Result<(&'static str, Value)> {
        Ok((own_name(self.column)?, self.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_text_stands_for_itself_in_a_pattern() {
        assert_eq!(escaped(r"50%_\"), r"50\%\_\\");
    }
}
