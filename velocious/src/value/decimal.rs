//! Decimal numbers as columns.

use rust_decimal::Decimal;

use super::column::{null, unexpected};
use super::{ColumnType, Digits, Value, ValueKind};
use crate::BoxError;
use crate::database::Cell;

impl ColumnType for Decimal {
    type Base = Decimal;
    type Nullable = Option<Decimal>;
    const KIND: ValueKind = ValueKind::Decimal;

    fn to_value(&self) -> Value {
        let text = self.to_string();
        match Digits::parse(&text) {
            Some(digits) => Value::Decimal(digits),
            None => Value::Unstorable(ValueKind::Decimal, format!("{text} is no number")),
        }
    }

    fn from_value(value: Value) -> Result<Self, BoxError> {
        match value {
            Value::Decimal(digits) => decimal(&digits),
            other => Err(unexpected(ValueKind::Decimal, &other)),
        }
    }

    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        decimal(&cell.ok_or_else(null)?.decimal()?)
    }
}

impl From<Decimal> for Value {
    fn from(value: Decimal) -> Self {
        value.to_value()
    }
}

/// The number in 96 bits: zeros at the end are dropped where there are too many of them, other digits never.
fn decimal(digits: &Digits) -> Result<Decimal, BoxError> {
    let text = digits.as_str();
    let shorter = || match text.contains('.') {
        true => text.trim_end_matches('0'),
        false => text,
    };
    Decimal::from_str_exact(text)
        .or_else(|_| Decimal::from_str_exact(shorter()))
        .map_err(|_| {
            format!("{text} has more digits than a `Decimal` holds, which are 28: round it in SQL, or keep a type of your own in the field").into()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Decimal, BoxError> {
        decimal(&Digits::parse(text).expect("a number"))
    }

    #[test]
    fn a_number_keeps_its_digits() {
        for text in [
            "0",
            "-12.50",
            "79228162514264337593543950335",
            "0.0000000000000000000000000001",
        ] {
            let number = read(text).expect("it fits");
            assert_eq!(number.to_string(), text);
            assert_eq!(
                Decimal::from_value(number.to_value()).expect("a number"),
                number
            );
        }
    }

    #[test]
    fn only_zeros_are_dropped() {
        let zeros = read("1.500000000000000000000000000000").expect("zeros do not count");
        assert_eq!(zeros.to_string(), "1.5");
        let error = read("1.500000000000000000000000000001").expect_err("too many digits");
        assert!(
            error
                .to_string()
                .contains("more digits than a `Decimal` holds")
        );
        assert!(read("79228162514264337593543950336").is_err());
    }
}
