//! Values on their way to and from the database, and the Rust types that can be columns.
//!
//! * [`Value`] is one owned value (a bind, or what a column held); [`ValueKind`] is its type without the value.
//! * [`ColumnType`] says how a Rust type becomes a [`Value`] and comes back from a row.
//! * [`ModelEnum`]: enums with names in the database; [`Id`]: keys that know their model; [`Json`]: what serde writes.
//! * [`Digits`] are decimal numbers of any size; `Decimal` (feature `decimal`) and `Uuid` (feature `uuid`) are the types
//!   of the crates `rust_decimal` and `uuid`.
//!
//! Values are owned so that a query can move to the thread of its connection.

use std::fmt;
use std::hash::{Hash, Hasher};

use chrono::{DateTime, NaiveDate, Utc};
/// Points in time without their zone, which is UTC, and times of a day.
pub use chrono::{NaiveDateTime, NaiveTime};

use crate::BoxError;
use crate::database::Cell;

mod column;
#[cfg(feature = "decimal")]
mod decimal;
mod digits;
mod enumeration;
mod id;
mod json;
mod uuid;

#[cfg(feature = "uuid")]
pub use ::uuid::Uuid;
pub use column::ColumnType;
pub use digits::Digits;
pub use enumeration::ModelEnum;
pub use id::Id;
pub use json::Json;
#[cfg(feature = "decimal")]
pub use rust_decimal::Decimal;
#[cfg(any(feature = "sqlite", feature = "mysql"))]
pub(crate) use uuid::parse_uuid;
pub(crate) use uuid::{new_key, uuid_text};

/// What the expansions of the derives call.
pub(crate) mod parts {
    pub use super::enumeration::{
        deserialize_enum, enum_from_cell, enum_from_value, enum_kind, enum_value, serialize_enum,
    };
    pub use super::json::{json_from_cell, json_from_value, json_value};
}

/// The type of a column or a bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ValueKind {
    /// `bool`.
    Bool,
    /// `i16`.
    SmallInt,
    /// `i32`.
    Integer,
    /// `i64`.
    BigInt,
    /// `f32`.
    Float,
    /// `f64`.
    Double,
    /// A decimal number, to its last digit.
    Decimal,
    /// `String`.
    Text,
    /// `Vec<u8>`.
    Binary,
    /// A point in time in UTC, in microseconds.
    Timestamp,
    /// A day of the calendar.
    Date,
    /// A time of a day, in microseconds.
    Time,
    /// JSON.
    Json,
    /// Sixteen bytes that name something.
    Uuid,
}

/// One owned value.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Value {
    /// SQL's NULL, which still has a type where a database asks for one.
    Null(ValueKind),
    /// True or false.
    Bool(bool),
    /// 16 bits.
    SmallInt(i16),
    /// 32 bits.
    Integer(i32),
    /// 64 bits.
    BigInt(i64),
    /// Floating point, of 32 bits.
    Float(f32),
    /// Floating point.
    Double(f64),
    /// A decimal number.
    Decimal(Digits),
    /// Text.
    Text(String),
    /// Bytes.
    Binary(Vec<u8>),
    /// UTC, in microseconds.
    Timestamp(NaiveDateTime),
    /// A day.
    Date(NaiveDate),
    /// A time of a day, in microseconds.
    Time(NaiveTime),
    /// JSON.
    Json(serde_json::Value),
    /// The bytes of a uuid.
    Uuid([u8; 16]),
    /// What a field holds cannot be stored, and why: a statement that is given it fails and says so.
    Unstorable(ValueKind, String),
}

impl Value {
    /// The value's type.
    pub fn kind(&self) -> ValueKind {
        match self {
            Value::Null(kind) | Value::Unstorable(kind, _) => *kind,
            Value::Bool(_) => ValueKind::Bool,
            Value::SmallInt(_) => ValueKind::SmallInt,
            Value::Integer(_) => ValueKind::Integer,
            Value::BigInt(_) => ValueKind::BigInt,
            Value::Float(_) => ValueKind::Float,
            Value::Double(_) => ValueKind::Double,
            Value::Decimal(_) => ValueKind::Decimal,
            Value::Text(_) => ValueKind::Text,
            Value::Binary(_) => ValueKind::Binary,
            Value::Timestamp(_) => ValueKind::Timestamp,
            Value::Date(_) => ValueKind::Date,
            Value::Time(_) => ValueKind::Time,
            Value::Json(_) => ValueKind::Json,
            Value::Uuid(_) => ValueKind::Uuid,
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
            ValueKind::SmallInt => Value::SmallInt(cell.small_int()?),
            ValueKind::Integer => Value::Integer(cell.integer()?),
            ValueKind::BigInt => Value::BigInt(cell.big_int()?),
            ValueKind::Float => Value::Float(cell.float()?),
            ValueKind::Double => Value::Double(cell.double()?),
            ValueKind::Decimal => Value::Decimal(cell.decimal()?),
            ValueKind::Text => Value::Text(cell.text()?),
            ValueKind::Binary => Value::Binary(cell.binary()?),
            ValueKind::Timestamp => Value::Timestamp(cell.timestamp()?),
            ValueKind::Date => Value::Date(cell.date()?),
            ValueKind::Time => Value::Time(cell.time()?),
            ValueKind::Json => Value::Json(json::json_from_cell(Some(cell))?),
            ValueKind::Uuid => Value::Uuid(cell.uuid()?),
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
    i16,
    i32,
    i64,
    f32,
    f64,
    Digits,
    String,
    Vec<u8>,
    NaiveDateTime,
    NaiveDate,
    NaiveTime,
    DateTime<Utc>,
    serde_json::Value
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
            (Value::SmallInt(a), Value::SmallInt(b)) => a == b,
            (Value::Integer(a), Value::Integer(b)) => a == b,
            (Value::BigInt(a), Value::BigInt(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Double(a), Value::Double(b)) => a.to_bits() == b.to_bits(),
            (Value::Decimal(a), Value::Decimal(b)) => a == b,
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::Binary(a), Value::Binary(b)) => a == b,
            (Value::Timestamp(a), Value::Timestamp(b)) => a == b,
            (Value::Date(a), Value::Date(b)) => a == b,
            (Value::Time(a), Value::Time(b)) => a == b,
            (Value::Json(a), Value::Json(b)) => a == b,
            (Value::Uuid(a), Value::Uuid(b)) => a == b,
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
            Value::SmallInt(value) => value.hash(state),
            Value::Integer(value) => value.hash(state),
            Value::BigInt(value) => value.hash(state),
            Value::Float(value) => value.to_bits().hash(state),
            Value::Double(value) => value.to_bits().hash(state),
            Value::Decimal(value) => value.hash(state),
            Value::Text(value) => value.hash(state),
            Value::Binary(value) => value.hash(state),
            Value::Timestamp(value) => value.hash(state),
            Value::Date(value) => value.hash(state),
            Value::Time(value) => value.hash(state),
            Value::Json(value) => value.hash(state),
            Value::Uuid(value) => value.hash(state),
            Value::Unstorable(_, why) => why.hash(state),
        }
    }
}

/// The value as a person would write it; used in messages, never in SQL.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null(_) => f.write_str("NULL"),
            Value::Bool(value) => value.fmt(f),
            Value::SmallInt(value) => value.fmt(f),
            Value::Integer(value) => value.fmt(f),
            Value::BigInt(value) => value.fmt(f),
            Value::Float(value) => value.fmt(f),
            Value::Double(value) => value.fmt(f),
            Value::Decimal(value) => value.fmt(f),
            Value::Text(value) => write!(f, "{value:?}"),
            Value::Binary(value) => write!(f, "{} bytes", value.len()),
            Value::Timestamp(value) => write!(f, "{value} UTC"),
            Value::Date(value) => value.fmt(f),
            Value::Time(value) => value.fmt(f),
            Value::Json(value) => value.fmt(f),
            Value::Uuid(bytes) => f.write_str(&uuid_text(*bytes)),
            Value::Unstorable(_, why) => write!(f, "nothing that can be stored ({why})"),
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
        there_and_back(7_i16);
        there_and_back(7_i32);
        there_and_back(7_i64);
        there_and_back("ü".to_owned());
        there_and_back(Some(1.5));
        there_and_back(None::<String>);
        there_and_back(NaiveDate::from_ymd_opt(2026, 2, 28).expect("a day"));
        there_and_back(NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).expect("a time"));
        there_and_back(1.25_f32);
        there_and_back(Digits::from(7));
        there_and_back(serde_json::json!({"a": [1, null]}));
        there_and_back(Json(vec![Some(1), None]));
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
    fn what_is_no_json_is_no_value() {
        let map = Json(std::collections::BTreeMap::from([((1, 2), 3)]));
        let value = map.to_value();
        assert_eq!(value.kind(), ValueKind::Json);
        assert!(
            value.to_string().contains("key must be a string"),
            "{value}"
        );
        assert_ne!(value, map.to_value());
    }

    #[test]
    fn only_white_space_is_blank() {
        assert!(Value::Text(" \t".into()).is_blank());
        assert!(Value::Null(ValueKind::BigInt).is_blank());
        assert!(!Value::BigInt(0).is_blank());
    }
}
