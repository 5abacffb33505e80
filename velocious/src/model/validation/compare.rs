//! Comparing values of columns.

use std::cmp::Ordering;

use super::rule::{Bound, Operator};
use crate::value::{Digits, Value};

/// Which of two values comes first; `None` for values that do not compare, NULL among them.
pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Binary(a), Value::Binary(b)) => Some(a.cmp(b)),
        (Value::Timestamp(a), Value::Timestamp(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Time(a), Value::Time(b)) => Some(a.cmp(b)),
        (Value::Uuid(a), Value::Uuid(b)) => Some(a.cmp(b)),
        (Value::Decimal(a), Value::Decimal(b)) => Some(a.cmp(b)),
        (a, b) => numbers(number(a)?, number(b)?),
    }
}

/// Which is greater, the value or the bound.
pub(super) fn with_bound(value: &Value, bound: Bound) -> Option<Ordering> {
    match value {
        Value::Decimal(digits) => Some(digits.cmp(&digits_of(bound)?)),
        value => numbers(number(value)?, bound),
    }
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
    if let Value::Decimal(digits) = value {
        return whole_digits(digits).is_some();
    }
    match number(value) {
        Some(Bound::Integer(_)) => true,
        Some(Bound::Double(number)) => number.fract() == 0.0,
        None => false,
    }
}

/// What is left when a number is divided by two, if it is a whole number.
pub(super) fn is_odd(value: &Value) -> Option<bool> {
    if let Value::Decimal(digits) = value {
        return Some(whole_digits(digits)?.ends_with(['1', '3', '5', '7', '9']));
    }
    match number(value)? {
        Bound::Integer(number) => Some(number % 2 != 0),
        Bound::Double(number) if number.fract() == 0.0 => Some(number % 2.0 != 0.0),
        Bound::Double(_) => None,
    }
}

fn number(value: &Value) -> Option<Bound> {
    match value {
        Value::SmallInt(number) => Some(Bound::Integer((*number).into())),
        Value::Integer(number) => Some(Bound::Integer((*number).into())),
        Value::BigInt(number) => Some(Bound::Integer(*number)),
        Value::Float(number) => Some(Bound::Double((*number).into())),
        Value::Double(number) => Some(Bound::Double(*number)),
        _ => None,
    }
}

/// A bound as it was written.
fn digits_of(bound: Bound) -> Option<Digits> {
    match bound {
        Bound::Integer(number) => Some(Digits::from(number)),
        Bound::Double(number) => Digits::parse(&number.to_string()),
    }
}

/// The digits of a whole number; `None` of another one.
fn whole_digits(digits: &Digits) -> Option<&str> {
    let (_, whole, fraction) = digits.parts();
    fraction.bytes().all(|digit| digit == b'0').then_some(whole)
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
    fn decimal_numbers_compare_to_their_last_digit() {
        let decimal = |text| Value::Decimal(Digits::parse(text).expect("a number"));
        assert_eq!(
            with_bound(&decimal("0.30"), Bound::Double(0.3)),
            Some(Ordering::Equal)
        );
        assert_eq!(
            with_bound(
                &decimal("9007199254740993.1"),
                Bound::Integer(9_007_199_254_740_993)
            ),
            Some(Ordering::Greater)
        );
        assert_eq!(
            order(&decimal("-1.5"), &decimal("-1.50")),
            Some(Ordering::Equal)
        );
        assert!(is_whole(&decimal("3.00")) && !is_whole(&decimal("3.01")));
        assert_eq!(is_odd(&decimal("-13.0")), Some(true));
        assert_eq!(is_odd(&decimal("0.5")), None);
    }

    #[test]
    fn only_whole_numbers_are_odd_or_even() {
        assert_eq!(is_odd(&Value::Integer(-3)), Some(true));
        assert_eq!(is_odd(&Value::Double(4.0)), Some(false));
        assert_eq!(is_odd(&Value::Double(4.5)), None);
        assert!(is_whole(&Value::Double(4.0)) && !is_whole(&Value::Double(4.5)));
    }
}
