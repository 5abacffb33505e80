//! Conditions: what `filter` takes.

use std::marker::PhantomData;
use std::ops;

use super::expression::Expression;

/// A condition on the records of `R`, the root of the query it belongs to.
///
/// Conditions are joined with [`and`](Condition::and), [`or`](Condition::or) and [`not`](Condition::not), or with
/// `&`, `|` and `!`.
#[must_use = "a condition does nothing until it is given to `filter`"]
pub struct Condition<R> {
    expression: Expression,
    root: PhantomData<fn() -> R>,
}

impl<R> Condition<R> {
    /// A condition made of an expression.
    pub(crate) fn new(expression: Expression) -> Self {
        Condition {
            expression,
            root: PhantomData,
        }
    }

    pub(crate) fn into_expression(self) -> Expression {
        self.expression
    }

    /// SQL written by hand; each `?` outside of quotes takes the next of `binds`.
    pub fn sql(
        sql: impl Into<String>,
        binds: impl IntoIterator<Item = crate::value::Value>,
    ) -> Self {
        Condition::new(Expression::Raw {
            sql: format!("({})", sql.into()),
            binds: binds.into_iter().collect(),
        })
    }

    /// This and that.
    pub fn and(self, other: Condition<R>) -> Self {
        let mut all = match self.expression {
            Expression::All(all) => all,
            one => vec![one],
        };
        all.push(other.expression);
        Condition::new(Expression::All(all))
    }

    /// This or that.
    pub fn or(self, other: Condition<R>) -> Self {
        let mut any = match self.expression {
            Expression::Any(any) => any,
            one => vec![one],
        };
        any.push(other.expression);
        Condition::new(Expression::Any(any))
    }

    /// The opposite. As everywhere in SQL, a comparison with NULL is neither true nor false, and so is its opposite.
    #[expect(
        clippy::should_implement_trait,
        reason = "`Not` is implemented too; the method reads better in a chain"
    )]
    pub fn not(self) -> Self {
        Condition::new(Expression::Not(Box::new(self.expression)))
    }

    /// Every one of the conditions; true when there is none.
    pub fn all(conditions: impl IntoIterator<Item = Condition<R>>) -> Self {
        Condition::new(Expression::All(
            conditions
                .into_iter()
                .map(Condition::into_expression)
                .collect(),
        ))
    }

    /// At least one of the conditions; false when there is none.
    pub fn any(conditions: impl IntoIterator<Item = Condition<R>>) -> Self {
        Condition::new(Expression::Any(
            conditions
                .into_iter()
                .map(Condition::into_expression)
                .collect(),
        ))
    }
}

impl<R> Clone for Condition<R> {
    fn clone(&self) -> Self {
        Condition::new(self.expression.clone())
    }
}

impl<R> ops::Not for Condition<R> {
    type Output = Self;

    fn not(self) -> Self {
        Condition::not(self)
    }
}

impl<R> ops::BitAnd for Condition<R> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.and(other)
    }
}

impl<R> ops::BitOr for Condition<R> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}
