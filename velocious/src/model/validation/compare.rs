//! Comparing values of columns.

use std::cmp::Ordering;

use super::rule::{Bound, Operator};
use crate::value::Value;

/// Which of two values comes first; `None` for values that do not compare, NULL among them.
pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Binary(a), Value::Binary(b)) => Some(a.cmp(b)),
        (Value::Timestamp(a), Value::Timestamp(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (a, b) => numbers(number(a)?, number(b)?),
    }
}

/// Which is greater, the value or the bound.
pub(super) fn with_bound(value: &Value, bound: Bound) -> Option<Ordering> {
    numbers(number(value)?, bound)
}

/// Whether an order is what an operator asks for.
pub(super) fn holds(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Greater => order.is_gt(),
        Operator::GreaterOrEqual => order.is_ge(),
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Equal => order.is_eq(),
        Operator::Other => order.is_ne(),
    }
}

/// Whether a number is whole.
pub(super) fn is_whole(value: &Value) -> bool {
    match number(value) {
        Some(Bound::Integer(_)) => true,
        Some(Bound::Double(number)) => number.fract() == 0.0,
        None => false,
    }
}

/// What is left when a number is divided by two, if it is a whole number.
pub(super) fn is_odd(value: &Value) -> Option<bool> {
    match number(value)? {
        Bound::Integer(number) => Some(number % 2 != 0),
        Bound::Double(number) if number.fract() == 0.0 => Some(number % 2.0 != 0.0),
        Bound::Double(_) => None,
    }
}

fn number(value: &Value) -> Option<Bound> {
    match value {
        Value::Integer(number) => Some(Bound::Integer((*number).into())),
        Value::BigInt(number) => Some(Bound::Integer(*number)),
        Value::Double(number) => Some(Bound::Double(*number)),
        _ => None,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "beyond 2^53 the difference is smaller than what a double can say"
)]
fn numbers(left: Bound, right: Bound) -> Option<Ordering> {
    match (left, right) {
        (Bound::Integer(a), Bound::Integer(b)) => Some(a.cmp(&b)),
        (Bound::Integer(a), Bound::Double(b)) => (a as f64).partial_cmp(&b),
        (Bound::Double(a), Bound::Integer(b)) => a.partial_cmp(&(b as f64)),
        (Bound::Double(a), Bound::Double(b)) => a.partial_cmp(&b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_different_kinds_compare() {
        let order = |a, b| order(&a, &b);
        assert_eq!(
            order(Value::Integer(2), Value::BigInt(3)),
            Some(Ordering::Less)
        );
        assert_eq!(
            order(Value::Double(2.5), Value::Integer(2)),
            Some(Ordering::Greater)
        );
        assert_eq!(order(Value::Text("b".into()), Value::Integer(2)), None);
        assert_eq!(order(Value::Double(f64::NAN), Value::Integer(2)), None);
    }

    #[test]
    fn only_whole_numbers_are_odd_or_even() {
        assert_eq!(is_odd(&Value::Integer(-3)), Some(true));
        assert_eq!(is_odd(&Value::Double(4.0)), Some(false));
        assert_eq!(is_odd(&Value::Double(4.5)), None);
        assert!(is_whole(&Value::Double(4.0)) && !is_whole(&Value::Double(4.5)));
    }
}
