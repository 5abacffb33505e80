//! Values on their way to and from the database, and the Rust types that can be columns.
//!
//! * [`Value`] is one owned value (a bind, or what a column held); [`ValueKind`] is its type without the value.
//! * [`ColumnType`] says how a Rust type becomes a [`Value`] and comes back from a row.
//! * [`ModelEnum`]: enums with names in the database; [`Id`]: keys that know their model.
//!
//! Values are owned so that a query can move to the thread of its connection.

use std::fmt;
use std::hash::{Hash, Hasher};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use crate::BoxError;
use crate::database::Cell;

mod column;
mod enumeration;
mod id;

pub use column::ColumnType;
pub use enumeration::ModelEnum;
pub(crate) mod enum_parts {
    pub use super::enumeration::{
        deserialize_enum, enum_from_cell, enum_from_value, enum_kind, enum_value, serialize_enum,
    };
}
pub use id::Id;

/// The type of a column or a bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ValueKind {
    /// `bool`.
    Bool,
    /// `i32`.
    Integer,
    /// `i64`.
    BigInt,
    /// `f64`.
    Double,
    /// `String`.
    Text,
    /// `Vec<u8>`.
    Binary,
    /// A point in time in UTC, in microseconds.
    Timestamp,
    /// A day of the calendar.
    Date,
}

/// One owned value.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Value {
    /// SQL's NULL, which still has a type where a database asks for one.
    Null(ValueKind),
    /// True or false.
    Bool(bool),
    /// 32 bits.
    Integer(i32),
    /// 64 bits.
    BigInt(i64),
    /// Floating point.
    Double(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Binary(Vec<u8>),
    /// UTC, in microseconds.
    Timestamp(NaiveDateTime),
    /// A day.
    Date(NaiveDate),
}

impl Value {
    /// The value's type.
    pub fn kind(&self) -> ValueKind {
        match self {
            Value::Null(kind) => *kind,
            Value::Bool(_) => ValueKind::Bool,
            Value::Integer(_) => ValueKind::Integer,
            Value::BigInt(_) => ValueKind::BigInt,
            Value::Double(_) => ValueKind::Double,
            Value::Text(_) => ValueKind::Text,
            Value::Binary(_) => ValueKind::Binary,
            Value::Timestamp(_) => ValueKind::Timestamp,
            Value::Date(_) => ValueKind::Date,
        }
    }

    /// Reads a column of a row as a value of this kind; `None` is NULL.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn from_cell(kind: ValueKind, cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        let Some(cell) = cell else {
            return Ok(Value::Null(kind));
        };
        Ok(match kind {
            ValueKind::Bool => Value::Bool(cell.bool()?),
            ValueKind::Integer => Value::Integer(cell.integer()?),
            ValueKind::BigInt => Value::BigInt(cell.big_int()?),
            ValueKind::Double => Value::Double(cell.double()?),
            ValueKind::Text => Value::Text(cell.text()?),
            ValueKind::Binary => Value::Binary(cell.binary()?),
            ValueKind::Timestamp => Value::Timestamp(cell.timestamp()?),
            ValueKind::Date => Value::Date(cell.date()?),
        })
    }

    /// Whether this is NULL.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null(_))
    }

    /// Whether a person would call this empty: NULL, or text with nothing but white space.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Null(_) => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::Binary(bytes) => bytes.is_empty(),
            _ => false,
        }
    }
}

macro_rules! value_from {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                value.to_value()
            }
        }
    )*};
}

value_from!(
    bool,
    i32,
    i64,
    f64,
    String,
    Vec<u8>,
    NaiveDateTime,
    NaiveDate,
    DateTime<Utc>
);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

/// Doubles are equal when their bits are, so that a NaN equals itself and values can be keys of a map.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::Null(_), Value::Null(_)) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Integer(a), Value::Integer(b)) => a == b,
            (Value::BigInt(a), Value::BigInt(b)) => a == b,
            (Value::Double(a), Value::Double(b)) => a.to_bits() == b.to_bits(),
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::Binary(a), Value::Binary(b)) => a == b,
            (Value::Timestamp(a), Value::Timestamp(b)) => a == b,
            (Value::Date(a), Value::Date(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Value::Null(_) => state.write_u8(0),
            Value::Bool(value) => value.hash(state),
            Value::Integer(value) => value.hash(state),
            Value::BigInt(value) => value.hash(state),
            Value::Double(value) => value.to_bits().hash(state),
            Value::Text(value) => value.hash(state),
            Value::Binary(value) => value.hash(state),
            Value::Timestamp(value) => value.hash(state),
            Value::Date(value) => value.hash(state),
        }
    }
}

/// The value as a person would write it; used in messages, never in SQL.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null(_) => f.write_str("NULL"),
            Value::Bool(value) => value.fmt(f),
            Value::Integer(value) => value.fmt(f),
            Value::BigInt(value) => value.fmt(f),
            Value::Double(value) => value.fmt(f),
            Value::Text(value) => write!(f, "{value:?}"),
            Value::Binary(value) => write!(f, "{} bytes", value.len()),
            Value::Timestamp(value) => write!(f, "{value} UTC"),
            Value::Date(value) => value.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_went() {
        fn there_and_back<T: ColumnType + PartialEq + fmt::Debug>(value: T) {
            assert_eq!(T::from_value(value.to_value()).expect("same kind"), value);
            assert_eq!(value.to_value().kind(), T::KIND);
        }
        there_and_back(true);
        there_and_back(7_i32);
        there_and_back(7_i64);
        there_and_back("ü".to_owned());
        there_and_back(Some(1.5));
        there_and_back(None::<String>);
        there_and_back(NaiveDate::from_ymd_opt(2026, 2, 28).expect("a day"));
    }

    #[test]
    fn the_wrong_kind_is_named() {
        let error = i64::from_value(Value::Text("7".into())).expect_err("text is no integer");
        assert_eq!(
            error.to_string(),
            "expected a value of kind BigInt, found \"7\" of kind Text"
        );
    }

    #[test]
    fn times_keep_what_every_database_keeps() {
        let time = DateTime::from_timestamp_nanos(1_700_000_000_123_456_789);
        assert_eq!(
            time.to_value(),
            Value::Timestamp(
                DateTime::from_timestamp_micros(1_700_000_000_123_456)
                    .expect("a time")
                    .naive_utc()
            )
        );
    }

    #[test]
    fn only_white_space_is_blank() {
        assert!(Value::Text(" \t".into()).is_blank());
        assert!(Value::Null(ValueKind::BigInt).is_blank());
        assert!(!Value::BigInt(0).is_blank());
    }
}
