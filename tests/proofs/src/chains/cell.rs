//! Values as SQL sees them, compared as SQL compares them.

use std::cmp::Ordering;
use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use velocious::value::{Value, ValueKind};

/// One value of one column of one row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(String),
    Time(DateTime<Utc>),
    Date(NaiveDate),
}

/// The values of one row, or of one answer.
pub(crate) type Row = Vec<Cell>;

impl Cell {
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Cell::Null)
    }

    /// How two values compare; `None` when that is unknown, because one is NULL.
    pub(crate) fn compare(&self, other: &Cell) -> Option<Ordering> {
        match (self, other) {
            (Cell::Bool(a), Cell::Bool(b)) => Some(a.cmp(b)),
            (Cell::Int(a), Cell::Int(b)) => Some(a.cmp(b)),
            (Cell::Double(a), Cell::Double(b)) => a.partial_cmp(b),
            // Byte by byte, which is letter by letter in UTF-8.
            (Cell::Text(a), Cell::Text(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
            (Cell::Time(a), Cell::Time(b)) => Some(a.cmp(b)),
            (Cell::Date(a), Cell::Date(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// The order of values in which NULL is the least.
    pub(crate) fn rank(&self, other: &Cell) -> Ordering {
        match (self.is_null(), other.is_null()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.compare(other).unwrap_or(Ordering::Equal),
        }
    }

    /// The value as the library takes it, for a column of this kind.
    pub(crate) fn value(&self, kind: Kind) -> Value {
        match (self, kind) {
            (Cell::Null, kind) => Value::Null(kind.of_value()),
            (Cell::Int(number), Kind::Integer) => {
                Value::Integer(i32::try_from(*number).expect("a number of 32 bits"))
            }
            (Cell::Int(number), _) => Value::BigInt(*number),
            (Cell::Bool(truth), _) => Value::Bool(*truth),
            (Cell::Double(number), _) => Value::Double(*number),
            (Cell::Text(text), _) => Value::Text(text.clone()),
            (Cell::Time(time), _) => Value::Timestamp(time.naive_utc()),
            (Cell::Date(date), _) => Value::Date(*date),
        }
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        match value {
            Value::Null(_) => Cell::Null,
            Value::Bool(truth) => Cell::Bool(truth),
            Value::Integer(number) => Cell::Int(number.into()),
            Value::BigInt(number) => Cell::Int(number),
            Value::Double(number) => Cell::Double(number),
            Value::Text(text) => Cell::Text(text),
            Value::Timestamp(time) => Cell::Time(time.and_utc()),
            Value::Date(date) => Cell::Date(date),
            other => unreachable!("no column of these models holds {other:?}"),
        }
    }
}

/// As one would write it in Rust.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Null => f.write_str("None"),
            Cell::Bool(truth) => write!(f, "{truth}"),
            Cell::Int(number) => write!(f, "{number}"),
            Cell::Double(number) => write!(f, "{number:?}"),
            Cell::Text(text) => write!(f, "{text:?}"),
            Cell::Time(time) => write!(f, "time({:?})", time.format("%F %T%.6f").to_string()),
            Cell::Date(date) => write!(f, "date(\"{date}\")"),
        }
    }
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Bool,
    Integer,
    BigInt,
    Double,
    Text,
    Time,
    Date,
}

impl Kind {
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Kind::Integer | Kind::BigInt | Kind::Double)
    }

    fn of_value(self) -> ValueKind {
        match self {
            Kind::Bool => ValueKind::Bool,
            Kind::Integer => ValueKind::Integer,
            Kind::BigInt => ValueKind::BigInt,
            Kind::Double => ValueKind::Double,
            Kind::Text => ValueKind::Text,
            Kind::Time => ValueKind::Timestamp,
            Kind::Date => ValueKind::Date,
        }
    }
}
