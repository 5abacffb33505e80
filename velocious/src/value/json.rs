//! JSON as columns.

use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::column::{null, unexpected};
use super::{ColumnType, Value, ValueKind};
use crate::BoxError;
use crate::database::Cell;

/// A column of JSON that holds a `T`, which serde writes and reads.
///
/// The field reads like the `T` inside. A struct of your own is a column without this wrapper, too, with
/// `#[derive(ColumnType)] #[column_type(json)]`.
///
/// ```
/// use std::collections::BTreeMap;
/// use velocious::{prelude::*, value::Json};
///
/// #[derive(Model)]
/// pub struct Account {
///     pub id: i64,
///     pub limits: Json<BTreeMap<String, i64>>,
///     pub record: RecordState,
/// }
///
/// let mut account = Account::new();
/// account.limits.insert("projects".into(), 3);
/// let roomy = Account::filter(|account| account.limits().integer_at("projects").gt(2));
/// # let _ = roomy;
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Json<T>(pub T);

impl<T> From<T> for Json<T> {
    fn from(inner: T) -> Self {
        Json(inner)
    }
}

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static> ColumnType for Json<T> {
    type Base = Json<T>;
    type Nullable = Option<Json<T>>;
    const KIND: ValueKind = ValueKind::Json;

    fn to_value(&self) -> Value {
        json_value(&self.0)
    }

    fn from_value(value: Value) -> Result<Self, BoxError> {
        json_from_value(value).map(Json)
    }

    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        json_from_cell(cell).map(Json)
    }
}

impl ColumnType for serde_json::Value {
    type Base = serde_json::Value;
    type Nullable = Option<serde_json::Value>;
    const KIND: ValueKind = ValueKind::Json;

    fn to_value(&self) -> Value {
        Value::Json(self.clone())
    }

    fn from_value(value: Value) -> Result<Self, BoxError> {
        json(value)
    }

    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        json_from_cell(cell)
    }
}

/// The value to bind of what serde writes; what the derive's `ColumnType` calls, like the functions below.
pub fn json_value<T: Serialize>(inner: &T) -> Value {
    match serde_json::to_value(inner) {
        Ok(json) => Value::Json(json),
        Err(error) => Value::Unstorable(
            ValueKind::Json,
            format!("`{}` is not JSON: {error}", std::any::type_name::<T>()),
        ),
    }
}

/// Takes a value back.
///
/// # Errors
/// When it is no JSON, or JSON of another shape.
pub fn json_from_value<T: DeserializeOwned>(value: Value) -> Result<T, BoxError> {
    serde_json::from_value(json(value)?).map_err(|error| misshapen::<T>(&error))
}

/// Reads a column of a row.
///
/// # Errors
/// When it is no JSON, or JSON of another shape.
pub fn json_from_cell<T: DeserializeOwned>(cell: Option<Cell<'_>>) -> Result<T, BoxError> {
    let text = cell.ok_or_else(null)?.text()?;
    serde_json::from_str(&text).map_err(|error| misshapen::<T>(&error))
}

fn json(value: Value) -> Result<serde_json::Value, BoxError> {
    match value {
        Value::Json(json) => Ok(json),
        other => Err(unexpected(ValueKind::Json, &other)),
    }
}

fn misshapen<T>(error: &serde_json::Error) -> BoxError {
    format!(
        "the JSON is no `{}`: {error}; give the fields that may be missing a `#[serde(default)]`, or change the rows",
        std::any::type_name::<T>()
    )
    .into()
}
