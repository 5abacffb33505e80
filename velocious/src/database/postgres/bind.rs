//! Binds in forms that only PostgreSQL has.

use std::io::Write;

use diesel::pg::Pg;
use diesel::pg::data_types::PgNumeric;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types;

use super::numeric;
use crate::database::statement::UuidBytes;
use crate::value::{Digits, Value, ValueKind};

/// A value, or NULL, of a type that other databases have as text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::database) enum PostgresBind {
    Numeric(Option<PgNumeric>),
    Json(Option<JsonText>),
    Uuid(Option<UuidBytes>),
    /// It cannot be written, and why.
    Refused(String),
}

impl PostgresBind {
    /// The form of a value; `None` when it has none of its own.
    pub(in crate::database) fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Decimal(digits) => Self::numeric(digits),
            Value::Json(json) => PostgresBind::Json(Some(JsonText(json.to_string()))),
            Value::Uuid(bytes) => PostgresBind::Uuid(Some(UuidBytes(*bytes))),
            Value::Null(ValueKind::Decimal) => PostgresBind::Numeric(None),
            Value::Null(ValueKind::Json) => PostgresBind::Json(None),
            Value::Null(ValueKind::Uuid) => PostgresBind::Uuid(None),
            _ => return None,
        })
    }

    fn numeric(digits: &Digits) -> Self {
        match numeric::write(digits) {
            Ok(number) => PostgresBind::Numeric(Some(number)),
            Err(error) => PostgresBind::Refused(format!("{digits} has too many digits: {error}")),
        }
    }
}

/// JSON, as text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::database) struct JsonText(String);

impl ToSql<sql_types::Jsonb, Pg> for JsonText {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        // Binary JSON is its text behind a version.
        out.write_all(&[1])?;
        out.write_all(self.0.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl ToSql<sql_types::Uuid, Pg> for UuidBytes {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&self.0)?;
        Ok(IsNull::No)
    }
}
