//! Orders: what `order` takes.

use std::marker::PhantomData;

use super::column::Column;
use super::expression::Expression;
use crate::value::Value;

/// Which way an order goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From small to great.
    Ascending,
    /// From great to small.
    Descending,
}

/// One term of an ORDER BY.
#[must_use = "an order does nothing until it is given to `order`"]
pub struct Order<R> {
    pub(crate) term: OrderTerm,
    root: PhantomData<fn() -> R>,
}

impl<R> Order<R> {
    pub(super) fn new(expression: Expression, direction: Direction) -> Self {
        Order {
            term: OrderTerm {
                expression,
                direction,
                nulls: None,
            },
            root: PhantomData,
        }
    }

    /// An order written by hand, with a bind for each `?`; the direction is given here so that it can be reversed.
    pub fn sql(
        sql: impl Into<String>,
        binds: impl IntoIterator<Item = Value>,
        direction: Direction,
    ) -> Self {
        Order::new(
            Expression::Raw {
                sql: sql.into(),
                binds: binds.into_iter().collect(),
            },
            direction,
        )
    }

    /// NULL comes before everything else.
    pub fn nulls_first(mut self) -> Self {
        self.term.nulls = Some(Nulls::First);
        self
    }

    /// NULL comes after everything else.
    pub fn nulls_last(mut self) -> Self {
        self.term.nulls = Some(Nulls::Last);
        self
    }
}

/// What a query can be ordered by: an [`Order`], a column (from small to great), or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an order",
    note = "order by a column, as in `Task::order(|task| task.name().desc())`"
)]
pub trait IntoOrder<R> {
    /// Appends the terms.
    #[doc(hidden)]
    fn terms(self, list: &mut Vec<OrderTerm>);
}

impl<R> IntoOrder<R> for Order<R> {
    fn terms(self, list: &mut Vec<OrderTerm>) {
        list.push(self.term);
    }
}

impl<R, T, K> IntoOrder<R> for Column<R, T, K> {
    fn terms(self, list: &mut Vec<OrderTerm>) {
        list.push(Order::<R>::new(self.into_expression(), Direction::Ascending).term);
    }
}

macro_rules! tuple_order {
    ($($name:ident $field:tt),*) => {
        impl<R, $($name: IntoOrder<R>),*> IntoOrder<R> for ($($name,)*) {
            fn terms(self, list: &mut Vec<OrderTerm>) {
                $(self.$field.terms(list);)*
            }
        }
    };
}

tuple_order!(A 0, B 1);
tuple_order!(A 0, B 1, C 2);
tuple_order!(A 0, B 1, C 2, D 3);

/// An order without its type.
#[derive(Clone, Debug)]
pub struct OrderTerm {
    pub(crate) expression: Expression,
    pub(crate) direction: Direction,
    pub(crate) nulls: Option<Nulls>,
}

/// Where NULL goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nulls {
    First,
    Last,
}

impl OrderTerm {
    /// From small to great.
    pub(crate) fn ascending(expression: Expression) -> Self {
        OrderTerm {
            expression,
            direction: Direction::Ascending,
            nulls: None,
        }
    }

    /// The exact opposite, so that `reverse_order` gives the same rows from the other end.
    pub(crate) fn reverse(&mut self) {
        self.direction = match self.direction {
            Direction::Ascending => Direction::Descending,
            Direction::Descending => Direction::Ascending,
        };
        self.nulls = self.nulls.map(|nulls| match nulls {
            Nulls::First => Nulls::Last,
            Nulls::Last => Nulls::First,
        });
    }
}
