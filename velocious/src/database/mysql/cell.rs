//! Decodes a column of MySQL, whose type is looked at first: diesel would read the bytes of one type as those of
//! another without a word.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::deserialize::FromSql;
use diesel::mysql::{Mysql, MysqlType, MysqlValue};
use diesel::sql_types;

use crate::BoxError;
use crate::value::{Digits, parse_uuid};

/// A number, because MySQL has no other truth.
pub(in crate::database) fn bool(value: MysqlValue<'_>) -> Result<bool, BoxError> {
    match big_int(value.clone()) {
        Ok(number) => Ok(number != 0),
        Err(_) => Err(unexpected("boolean", value.value_type())),
    }
}

pub(in crate::database) fn small_int(value: MysqlValue<'_>) -> Result<i16, BoxError> {
    match value.value_type() {
        MysqlType::Tiny | MysqlType::UnsignedTiny | MysqlType::Short => {
            FromSql::<sql_types::SmallInt, Mysql>::from_sql(value)
        }
        other => Err(unexpected("smallint", other)),
    }
}

pub(in crate::database) fn integer(value: MysqlValue<'_>) -> Result<i32, BoxError> {
    match value.value_type() {
        MysqlType::Tiny
        | MysqlType::UnsignedTiny
        | MysqlType::Short
        | MysqlType::UnsignedShort
        | MysqlType::Long => FromSql::<sql_types::Integer, Mysql>::from_sql(value),
        other => Err(unexpected("integer", other)),
    }
}

pub(in crate::database) fn big_int(value: MysqlValue<'_>) -> Result<i64, BoxError> {
    match value.value_type() {
        MysqlType::Tiny
        | MysqlType::UnsignedTiny
        | MysqlType::Short
        | MysqlType::UnsignedShort
        | MysqlType::Long
        | MysqlType::UnsignedLong
        | MysqlType::LongLong
        | MysqlType::UnsignedLongLong => FromSql::<sql_types::BigInt, Mysql>::from_sql(value),
        other => Err(unexpected("bigint", other)),
    }
}

pub(in crate::database) fn float(value: MysqlValue<'_>) -> Result<f32, BoxError> {
    match value.value_type() {
        MysqlType::Float => FromSql::<sql_types::Float, Mysql>::from_sql(value),
        other => Err(unexpected("float", other)),
    }
}

/// Whole numbers are decimal numbers, too.
pub(in crate::database) fn decimal(value: MysqlValue<'_>) -> Result<Digits, BoxError> {
    if value.value_type() != MysqlType::Numeric {
        let found = value.value_type();
        let whole = big_int(value).map(Digits::from);
        return whole.map_err(|_| unexpected("decimal", found));
    }
    let text = std::str::from_utf8(value.as_bytes())?;
    Digits::parse(text).ok_or_else(|| format!("{text:?} is no decimal number").into())
}

pub(in crate::database) fn double(value: MysqlValue<'_>) -> Result<f64, BoxError> {
    match value.value_type() {
        MysqlType::Double | MysqlType::Float => {
            FromSql::<sql_types::Double, Mysql>::from_sql(value)
        }
        other => Err(unexpected("double", other)),
    }
}

/// Text with a binary collation, as the tables of migrations have it, looks like bytes here; that it is UTF-8 tells
/// most of the others apart.
pub(in crate::database) fn text(value: MysqlValue<'_>) -> Result<String, BoxError> {
    match value.value_type() {
        MysqlType::String | MysqlType::Enum | MysqlType::Set | MysqlType::Blob => {
            Ok(std::str::from_utf8(value.as_bytes())?.to_owned())
        }
        other => Err(unexpected("text", other)),
    }
}

pub(in crate::database) fn binary(value: MysqlValue<'_>) -> Result<Vec<u8>, BoxError> {
    match value.value_type() {
        MysqlType::Blob => Ok(value.as_bytes().to_vec()),
        other => Err(unexpected("blob", other)),
    }
}

/// As its text, or as it is.
pub(in crate::database) fn uuid(value: MysqlValue<'_>) -> Result<[u8; 16], BoxError> {
    match value.value_type() {
        MysqlType::String | MysqlType::Blob => {
            let bytes = value.as_bytes();
            <[u8; 16]>::try_from(bytes).or_else(|_| parse_uuid(bytes))
        }
        other => Err(unexpected("char(36)", other)),
    }
}

pub(in crate::database) fn time(value: MysqlValue<'_>) -> Result<NaiveTime, BoxError> {
    match value.value_type() {
        MysqlType::Time => FromSql::<sql_types::Time, Mysql>::from_sql(value),
        other => Err(unexpected("time", other)),
    }
}

pub(in crate::database) fn date(value: MysqlValue<'_>) -> Result<NaiveDate, BoxError> {
    match value.value_type() {
        MysqlType::Date => FromSql::<sql_types::Date, Mysql>::from_sql(value),
        other => Err(unexpected("date", other)),
    }
}

pub(in crate::database) fn timestamp(value: MysqlValue<'_>) -> Result<NaiveDateTime, BoxError> {
    match value.value_type() {
        MysqlType::DateTime | MysqlType::Timestamp => {
            FromSql::<sql_types::Datetime, Mysql>::from_sql(value)
        }
        other => Err(unexpected("datetime", other)),
    }
}

fn unexpected(wanted: &str, found: MysqlType) -> BoxError {
    let found = name(found);
    format!(
        "the column is of type {found}, not {wanted}: give the field the type that fits, or cast it in SQL"
    )
    .into()
}

fn name(found: MysqlType) -> &'static str {
    match found {
        MysqlType::Tiny => "tinyint",
        MysqlType::UnsignedTiny => "unsigned tinyint",
        MysqlType::Short => "smallint",
        MysqlType::UnsignedShort => "unsigned smallint",
        MysqlType::Long => "int",
        MysqlType::UnsignedLong => "unsigned int",
        MysqlType::LongLong => "bigint",
        MysqlType::UnsignedLongLong => "unsigned bigint",
        MysqlType::Float => "float",
        MysqlType::Double => "double",
        MysqlType::Numeric => "decimal",
        MysqlType::Time => "time",
        MysqlType::Date => "date",
        MysqlType::DateTime => "datetime",
        MysqlType::Timestamp => "timestamp",
        MysqlType::String => "text",
        MysqlType::Blob => "blob",
        MysqlType::Bit => "bit",
        MysqlType::Set => "set",
        MysqlType::Enum => "enum",
        _ => "another kind",
    }
}
