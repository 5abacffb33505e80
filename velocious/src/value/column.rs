//! Rust types that can be columns.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, Utc};

use super::{Digits, Value, ValueKind};
use crate::BoxError;
use crate::database::Cell;

/// A Rust type that can be a column of a model.
///
/// `Option<T>` of such a type is a column that may be NULL.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a column of a model",
    label = "not a column type",
    note = "an enum is a column with `#[derive(ModelEnum)]`, a newtype of a column with `#[derive(ColumnType)]`",
    note = "use `bool`, `i16`, `i32`, `i64`, `f32`, `f64`, `Decimal`, `String`, `Vec<u8>`, `DateTime<Utc>`, `NaiveDateTime`, `NaiveDate`, `NaiveTime`, `Uuid`, `serde_json::Value`, or an `Option` of one of these",
    note = "what serde can write is a column of JSON as `value::Json<{Self}>`, or with `#[column_type(json)]` under `#[derive(ColumnType)]`",
    note = "a relationship is declared as `BelongsTo<…>`, `HasOne<…>` or `HasMany<…>` under `#[belongs_to]`, `#[has_one]` or `#[has_many]`"
)]
pub trait ColumnType: Sized + Clone + Send + Sync + 'static {
    /// What it is to a rule or a condition: the type itself for those that come with the framework, the type inside
    /// for an `Option` or a newtype.
    type Base: ColumnType;
    /// The same with NULL: `Option<Self>`, or the type itself if it is an `Option`.
    type Nullable: ColumnType;
    /// The type it has in the database.
    const KIND: ValueKind;
    /// Whether it can hold NULL.
    const NULLABLE: bool = false;

    /// The value to bind.
    fn to_value(&self) -> Value;

    /// Takes a value back.
    ///
    /// # Errors
    /// When the value is of another type, or NULL where there can be none.
    fn from_value(value: Value) -> Result<Self, BoxError>;

    /// Reads a column of a row; `None` is NULL.
    ///
    /// # Errors
    /// When the column has another type, or is NULL where there can be none.
    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError>;
}

/// Implements [`ColumnType`] for a type that one variant of [`Value`] holds as it is.
macro_rules! column_type {
    ($type:ty, $variant:ident, $read:ident) => {
        impl ColumnType for $type {
            type Base = $type;
            type Nullable = Option<$type>;
            const KIND: ValueKind = ValueKind::$variant;

            fn to_value(&self) -> Value {
                Value::$variant(self.clone())
            }

            fn from_value(value: Value) -> Result<Self, BoxError> {
                match value {
                    Value::$variant(value) => Ok(value),
                    other => Err(unexpected(ValueKind::$variant, &other)),
                }
            }

            #[inline]
            fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
                cell.ok_or_else(null)?.$read()
            }
        }
    };
}

column_type!(bool, Bool, bool);
column_type!(i16, SmallInt, small_int);
column_type!(i32, Integer, integer);
column_type!(i64, BigInt, big_int);
column_type!(f32, Float, float);
column_type!(f64, Double, double);
column_type!(Digits, Decimal, decimal);
column_type!(String, Text, text);
column_type!(Vec<u8>, Binary, binary);
column_type!(NaiveDate, Date, date);

impl ColumnType for NaiveTime {
    type Base = NaiveTime;
    type Nullable = Option<NaiveTime>;
    const KIND: ValueKind = ValueKind::Time;

    /// Rounded down to microseconds, which every database keeps.
    fn to_value(&self) -> Value {
        Value::Time(self.trunc_subsecs(6))
    }

    fn from_value(value: Value) -> Result<Self, BoxError> {
        match value {
            Value::Time(value) => Ok(value),
            other => Err(unexpected(ValueKind::Time, &other)),
        }
    }

    #[inline]
    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        cell.ok_or_else(null)?.time()
    }
}

impl ColumnType for NaiveDateTime {
    type Base = NaiveDateTime;
    type Nullable = Option<NaiveDateTime>;
    const KIND: ValueKind = ValueKind::Timestamp;

    /// Rounded down to microseconds, which every database keeps: a record equals its own row.
    fn to_value(&self) -> Value {
        Value::Timestamp(self.trunc_subsecs(6))
    }

    fn from_value(value: Value) -> Result<Self, BoxError> {
        match value {
            Value::Timestamp(value) => Ok(value),
            other => Err(unexpected(ValueKind::Timestamp, &other)),
        }
    }

    #[inline]
    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        cell.ok_or_else(null)?.timestamp()
    }
}

impl ColumnType for DateTime<Utc> {
    type Base = DateTime<Utc>;
    type Nullable = Option<DateTime<Utc>>;
    const KIND: ValueKind = ValueKind::Timestamp;

    fn to_value(&self) -> Value {
        self.naive_utc().to_value()
    }

    fn from_value(value: Value) -> Result<Self, BoxError> {
        NaiveDateTime::from_value(value).map(|time| time.and_utc())
    }

    #[inline]
    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        NaiveDateTime::from_cell(cell).map(|time| time.and_utc())
    }
}

impl<T: ColumnType> ColumnType for Option<T> {
    type Base = T::Base;
    type Nullable = Option<T>;
    const KIND: ValueKind = T::KIND;
    const NULLABLE: bool = true;

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null(T::KIND), T::to_value)
    }

    fn from_value(value: Value) -> Result<Self, BoxError> {
        match value {
            Value::Null(_) => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }

    #[inline]
    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        cell.map(|cell| T::from_cell(Some(cell))).transpose()
    }
}

pub(super) fn unexpected(wanted: ValueKind, found: &Value) -> BoxError {
    format!(
        "expected a value of kind {wanted:?}, found {found} of kind {:?}",
        found.kind()
    )
    .into()
}

pub(super) fn null() -> BoxError {
    "the database holds NULL, which the field cannot: make the field an `Option`, or the column NOT NULL; pluck a column along a relationship as `.optional()`".into()
}
