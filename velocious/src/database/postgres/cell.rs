//! Decodes a column of PostgreSQL, whose type is looked at first: diesel would read the bytes of one type as those of
//! another without a word.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::deserialize::FromSql;
use diesel::pg::data_types::PgNumeric;
use diesel::pg::{Pg, PgValue};
use diesel::sql_types;

use super::numeric;
use crate::BoxError;
use crate::value::Digits;

/// Object identifiers of the built-in types, which never change.
mod oid {
    pub(super) const BOOL: u32 = 16;
    pub(super) const BYTEA: u32 = 17;
    pub(super) const NAME: u32 = 19;
    pub(super) const INT8: u32 = 20;
    pub(super) const INT2: u32 = 21;
    pub(super) const INT4: u32 = 23;
    pub(super) const TEXT: u32 = 25;
    pub(super) const JSON: u32 = 114;
    pub(super) const FLOAT4: u32 = 700;
    pub(super) const FLOAT8: u32 = 701;
    pub(super) const UNKNOWN: u32 = 705;
    pub(super) const BPCHAR: u32 = 1042;
    pub(super) const VARCHAR: u32 = 1043;
    pub(super) const DATE: u32 = 1082;
    pub(super) const TIME: u32 = 1083;
    pub(super) const TIMESTAMP: u32 = 1114;
    pub(super) const TIMESTAMPTZ: u32 = 1184;
    pub(super) const NUMERIC: u32 = 1700;
    pub(super) const UUID: u32 = 2950;
    pub(super) const JSONB: u32 = 3802;
    /// Types from here on are the user's own.
    pub(super) const FIRST_OWN: u32 = 16_384;
}

pub(in crate::database) fn bool(value: PgValue<'_>) -> Result<bool, BoxError> {
    match value.get_oid().get() {
        oid::BOOL => FromSql::<sql_types::Bool, Pg>::from_sql(value),
        other => Err(unexpected("boolean", other)),
    }
}

pub(in crate::database) fn integer(value: PgValue<'_>) -> Result<i32, BoxError> {
    match value.get_oid().get() {
        oid::INT2 => small_int(value).map(i32::from),
        oid::INT4 => FromSql::<sql_types::Integer, Pg>::from_sql(value),
        other => Err(unexpected("integer", other)),
    }
}

pub(in crate::database) fn big_int(value: PgValue<'_>) -> Result<i64, BoxError> {
    match value.get_oid().get() {
        oid::INT8 => FromSql::<sql_types::BigInt, Pg>::from_sql(value),
        oid::INT2 | oid::INT4 => integer(value).map(i64::from),
        other => Err(unexpected("bigint", other)),
    }
}

pub(in crate::database) fn small_int(value: PgValue<'_>) -> Result<i16, BoxError> {
    match value.get_oid().get() {
        oid::INT2 => FromSql::<sql_types::SmallInt, Pg>::from_sql(value),
        other => Err(unexpected("smallint", other)),
    }
}

pub(in crate::database) fn float(value: PgValue<'_>) -> Result<f32, BoxError> {
    match value.get_oid().get() {
        oid::FLOAT4 => FromSql::<sql_types::Float, Pg>::from_sql(value),
        other => Err(unexpected("real", other)),
    }
}

/// Whole numbers are decimal numbers, too.
pub(in crate::database) fn decimal(value: PgValue<'_>) -> Result<Digits, BoxError> {
    match value.get_oid().get() {
        oid::NUMERIC => numeric::read(&<PgNumeric as FromSql<sql_types::Numeric, Pg>>::from_sql(
            value,
        )?),
        oid::INT2 | oid::INT4 | oid::INT8 => big_int(value).map(Digits::from),
        other => Err(unexpected("numeric", other)),
    }
}

pub(in crate::database) fn uuid(value: PgValue<'_>) -> Result<[u8; 16], BoxError> {
    match value.get_oid().get() {
        oid::UUID => Ok(<[u8; 16]>::try_from(value.as_bytes())?),
        other => Err(unexpected("uuid", other)),
    }
}

pub(in crate::database) fn time(value: PgValue<'_>) -> Result<NaiveTime, BoxError> {
    match value.get_oid().get() {
        oid::TIME => FromSql::<sql_types::Time, Pg>::from_sql(value),
        other => Err(unexpected("time", other)),
    }
}

pub(in crate::database) fn double(value: PgValue<'_>) -> Result<f64, BoxError> {
    match value.get_oid().get() {
        oid::FLOAT8 => FromSql::<sql_types::Double, Pg>::from_sql(value),
        oid::FLOAT4 => <f32 as FromSql<sql_types::Float, Pg>>::from_sql(value).map(f64::from),
        other => Err(unexpected("double precision", other)),
    }
}

pub(in crate::database) fn text(value: PgValue<'_>) -> Result<String, BoxError> {
    let bytes = match value.get_oid().get() {
        oid::TEXT | oid::VARCHAR | oid::BPCHAR | oid::NAME | oid::UNKNOWN | oid::JSON => {
            value.as_bytes()
        }
        // Binary JSON is its text behind a version.
        oid::JSONB => match value.as_bytes() {
            [1, text @ ..] => text,
            _ => return Err("this version of jsonb is unknown".into()),
        },
        // The labels of an enum, and extensions of text. No text of PostgreSQL holds a zero, most other types do.
        oid::FIRST_OWN.. if !value.as_bytes().contains(&0) => value.as_bytes(),
        other => return Err(unexpected("text", other)),
    };
    Ok(std::str::from_utf8(bytes)?.to_owned())
}

pub(in crate::database) fn binary(value: PgValue<'_>) -> Result<Vec<u8>, BoxError> {
    match value.get_oid().get() {
        oid::BYTEA => Ok(value.as_bytes().to_vec()),
        other => Err(unexpected("bytea", other)),
    }
}

pub(in crate::database) fn date(value: PgValue<'_>) -> Result<NaiveDate, BoxError> {
    match value.get_oid().get() {
        oid::DATE => FromSql::<sql_types::Date, Pg>::from_sql(value),
        other => Err(unexpected("date", other)),
    }
}

/// Sessions are in UTC, so a time without a zone is one in UTC too.
pub(in crate::database) fn timestamp(value: PgValue<'_>) -> Result<NaiveDateTime, BoxError> {
    match value.get_oid().get() {
        oid::TIMESTAMPTZ => FromSql::<sql_types::Timestamptz, Pg>::from_sql(value),
        oid::TIMESTAMP => FromSql::<sql_types::Timestamp, Pg>::from_sql(value),
        other => Err(unexpected("timestamp with time zone", other)),
    }
}

fn unexpected(wanted: &str, found: u32) -> BoxError {
    let found = name(found);
    format!(
        "the column is of type {found}, not {wanted}: give the field the type that fits, or cast it in SQL (`CAST(… AS {wanted})`)"
    )
    .into()
}

fn name(oid: u32) -> String {
    let name = match oid {
        oid::BOOL => "boolean",
        oid::BYTEA => "bytea",
        oid::NAME => "name",
        oid::INT8 => "bigint",
        oid::INT2 => "smallint",
        oid::INT4 => "integer",
        oid::TEXT => "text",
        oid::JSON => "json",
        oid::FLOAT4 => "real",
        oid::FLOAT8 => "double precision",
        oid::BPCHAR => "character",
        oid::VARCHAR => "character varying",
        oid::DATE => "date",
        oid::TIMESTAMP => "timestamp without time zone",
        oid::TIMESTAMPTZ => "timestamp with time zone",
        oid::JSONB => "jsonb",
        oid::NUMERIC => "numeric",
        oid::UUID => "uuid",
        oid::TIME => "time",
        1186 => "interval",
        other => return format!("number {other} (see `pg_type`)"),
    };
    name.to_owned()
}
