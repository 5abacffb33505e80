//! Enums as columns: names, or numbers, in the database.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};
use serde::ser::Serializer;

use super::column::{null, unexpected};
use super::{Value, ValueKind};
use crate::BoxError;
use crate::database::Cell;

/// An enum that can be a column; `#[derive(ModelEnum)]` implements it.
///
/// ```
/// use velocious::prelude::*;
///
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ModelEnum)]
/// pub enum TaskStatus {
///     #[default]
///     Open,
///     InProgress,
///     #[model_enum(value = "finished")]
///     Done,
/// }
///
/// #[derive(Model)]
/// pub struct Task {
///     pub id: i64,
///     pub status: TaskStatus,
/// }
///
/// assert_eq!(TaskStatus::InProgress.name(), "in_progress");
/// assert_eq!(TaskStatus::from_name("finished"), Some(TaskStatus::Done));
/// let open = Task::filter(|task| task.status().eq(TaskStatus::Open));
/// # let _ = open;
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enum that can be a column",
    label = "not a `ModelEnum`",
    note = "put `#[derive(ModelEnum)]` on the enum"
)]
pub trait ModelEnum: Sized + Clone + Send + Sync + 'static {
    /// The enum's name.
    #[doc(hidden)]
    const ENUM: &'static str;
    /// Every variant, in the order in which they are declared.
    const ALL: &'static [Self];
    /// Their names: what the database holds, and what is written to JSON and read from parameters.
    const NAMES: &'static [&'static str];
    /// What the database holds instead, if it holds numbers; else empty.
    const NUMBERS: &'static [i32] = &[];

    /// Which of [`ALL`](Self::ALL) it is.
    #[doc(hidden)]
    fn position(&self) -> usize;

    /// The variant's name.
    fn name(&self) -> &'static str {
        Self::NAMES.get(self.position()).copied().unwrap_or("")
    }

    /// The variant of a name.
    fn from_name(name: &str) -> Option<Self> {
        let position = Self::NAMES.iter().position(|known| *known == name)?;
        Self::ALL.get(position).cloned()
    }
}

/// The kind of its column; what the derive's `ColumnType` calls, like the functions below.
pub const fn enum_kind<E: ModelEnum>() -> ValueKind {
    if E::NUMBERS.is_empty() {
        ValueKind::Text
    } else {
        ValueKind::Integer
    }
}

/// The value to bind.
pub fn enum_value<E: ModelEnum>(variant: &E) -> Value {
    match E::NUMBERS.get(variant.position()) {
        Some(number) => Value::Integer(*number),
        None => Value::Text(variant.name().to_owned()),
    }
}

/// Takes a value back.
///
/// # Errors
/// When no variant has it.
pub fn enum_from_value<E: ModelEnum>(value: &Value) -> Result<E, BoxError> {
    match value {
        Value::Text(name) => E::from_name(name).ok_or_else(|| unknown::<E>(name)),
        Value::Integer(number) => from_number(*number),
        other => Err(unexpected(enum_kind::<E>(), other)),
    }
}

/// Reads a column of a row.
///
/// # Errors
/// When no variant has what the column holds.
pub fn enum_from_cell<E: ModelEnum>(cell: Option<Cell<'_>>) -> Result<E, BoxError> {
    let cell = cell.ok_or_else(null)?;
    match enum_kind::<E>() {
        ValueKind::Integer => from_number(cell.integer()?),
        _ => {
            let name = cell.text()?;
            E::from_name(&name).ok_or_else(|| unknown::<E>(&name))
        }
    }
}

fn from_number<E: ModelEnum>(number: i32) -> Result<E, BoxError> {
    let position = E::NUMBERS.iter().position(|known| *known == number);
    let variant = position.and_then(|position| E::ALL.get(position).cloned());
    variant.ok_or_else(|| unknown::<E>(&number.to_string()))
}

/// The database holds what no variant is called.
fn unknown<E: ModelEnum>(found: &str) -> BoxError {
    let known: Vec<String> = match E::NUMBERS {
        [] => E::NAMES.iter().map(|name| format!("`{name}`")).collect(),
        numbers => numbers.iter().map(|number| format!("`{number}`")).collect(),
    };
    let known = known.join(", ");
    format!(
        "the database holds `{found}`, which is no `{}`: there is {known}; add a variant, or change the rows",
        E::ENUM
    )
    .into()
}

/// Writes a variant by its name; what the derive's `Serialize` calls.
///
/// # Errors
/// What the serializer says.
pub fn serialize_enum<E: ModelEnum, S: Serializer>(
    variant: &E,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(variant.name())
}

/// Reads a variant by its name; what the derive's `Deserialize` calls.
///
/// # Errors
/// When there is no variant of that name; the message lists those that there are.
pub fn deserialize_enum<'de, E: ModelEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<E, D::Error> {
    deserializer.deserialize_str(Names(PhantomData))
}

struct Names<E>(PhantomData<E>);

impl<E: ModelEnum> Visitor<'_> for Names<E> {
    type Value = E;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {}", E::NAMES.join(", "))
    }

    fn visit_str<Error: de::Error>(self, name: &str) -> Result<E, Error> {
        E::from_name(name).ok_or_else(|| Error::unknown_variant(name, E::NAMES))
    }
}
