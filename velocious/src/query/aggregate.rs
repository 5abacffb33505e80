//! Aggregates: one value of many rows.
//!
//! Each is a column itself: it can be plucked, ordered by and compared in `having`.

use super::column::{Column, Computed};
use super::expression::Expression;
use crate::value::{ColumnType, Value, ValueKind};

impl<R, T: ColumnType> Column<R, T> {
    /// How many rows have a value here.
    pub fn count(self) -> Column<R, i64, Computed> {
        Column::of(call("COUNT", false, self.into_expression()))
    }

    /// How many different values there are.
    pub fn count_distinct(self) -> Column<R, i64, Computed> {
        Column::of(call("COUNT", true, self.into_expression()))
    }

    /// The smallest value; `None` when there is none.
    pub fn min(self) -> Column<R, T::Nullable, Computed> {
        Column::of(call("MIN", false, self.into_expression()))
    }

    /// The greatest value; `None` when there is none.
    pub fn max(self) -> Column<R, T::Nullable, Computed> {
        Column::of(call("MAX", false, self.into_expression()))
    }

    /// The sum of the values; zero when there is none. Whole numbers add up to 64 bits.
    pub fn sum(self) -> Column<R, <T::Base as Number>::Sum, Computed>
    where
        T::Base: Number,
    {
        let zero = Expression::Value(<T::Base as Number>::zero());
        let sum = Expression::Call {
            function: "COALESCE",
            distinct: false,
            arguments: vec![call("SUM", false, self.into_expression()), zero],
        };
        Column::of(Expression::Cast {
            of: Box::new(sum),
            to: <T::Base as Number>::Sum::KIND,
        })
    }

    /// The mean of the values; `None` when there is none.
    pub fn avg(self) -> Column<R, Option<f64>, Computed>
    where
        T::Base: Number,
    {
        let mean = call("AVG", false, self.into_expression());
        Column::of(Expression::Cast {
            of: Box::new(mean),
            to: ValueKind::Double,
        })
    }
}

fn call(function: &'static str, distinct: bool, argument: Expression) -> Expression {
    Expression::Call {
        function,
        distinct,
        arguments: vec![argument],
    }
}

/// A column that can be added up.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot be added up",
    label = "a column of type `{Self}`",
    note = "`sum` and `avg` are for `i16`, `i32`, `i64`, `f32`, `f64` and `Decimal`; use `count`, `min` or `max` here"
)]
pub trait Number: ColumnType {
    /// What the sum of such values is.
    type Sum: ColumnType + Default;

    /// The sum of no values.
    #[doc(hidden)]
    fn zero() -> Value {
        Self::Sum::default().to_value()
    }
}

macro_rules! number {
    ($($type:ty => $sum:ty),*) => {$(
        impl Number for $type {
            type Sum = $sum;
        }
    )*};
}

number!(i16 => i64, i32 => i64, i64 => i64, f32 => f64, f64 => f64);

#[cfg(feature = "decimal")]
impl Number for crate::value::Decimal {
    type Sum = crate::value::Decimal;

    /// A number without a scale, because that of the sum is the sum's.
    fn zero() -> Value {
        Value::Integer(0)
    }
}
