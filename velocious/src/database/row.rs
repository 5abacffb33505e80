//! Reading rows without being generic over drivers or models.
//!
//! A driver's row is a [`RowRead`]; it hands out each column as a [`Cell`], which reads it as one of the kinds of
//! [`crate::value::ValueKind`]. Decoded rows leave through a [`RowSink`], so diesel's generics are compiled once,
//! here, and not once a model.

use std::any::Any;
use std::task::{Context, Poll};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::backend::Backend;
#[cfg(feature = "mysql")]
use diesel::mysql::Mysql;
#[cfg(feature = "postgres")]
use diesel::pg::Pg;
#[cfg(feature = "sqlite")]
use diesel::sqlite::Sqlite;
#[cfg(feature = "sqlite")]
use diesel::{deserialize::FromSql, sql_types};

use super::DatabaseError;
#[cfg(feature = "mysql")]
use super::mysql::cell as mysql;
#[cfg(feature = "postgres")]
use super::postgres::cell as postgres;
use crate::BoxError;
#[cfg(feature = "sqlite")]
use crate::value::parse_uuid;
use crate::value::{ColumnType, Digits};

/// One column of one row, not yet decoded.
#[non_exhaustive]
pub enum Cell<'a> {
    /// From SQLite, whose values carry their own type.
    #[cfg(feature = "sqlite")]
    Sqlite(<Sqlite as Backend>::RawValue<'a>),
    /// From PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(<Pg as Backend>::RawValue<'a>),
    /// From MySQL or MariaDB.
    #[cfg(feature = "mysql")]
    Mysql(<Mysql as Backend>::RawValue<'a>),
    /// Keeps the lifetime in use when no driver is compiled in.
    #[doc(hidden)]
    Never(std::convert::Infallible, std::marker::PhantomData<&'a ()>),
}

/// Reads a cell through diesel's `FromSql`, once the type of the column is known to fit.
macro_rules! read {
    ($(#[$doc:meta])* $name:ident, $type:ty, $sql:ident) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// When the column is of another type, or the value does not fit.
        #[inline]
        pub fn $name(self) -> Result<$type, BoxError> {
            match self {
                #[cfg(feature = "sqlite")]
                Cell::Sqlite(value) => <$type as FromSql<sql_types::$sql, Sqlite>>::from_sql(value),
                #[cfg(feature = "postgres")]
                Cell::Postgres(value) => postgres::$name(value),
                #[cfg(feature = "mysql")]
                Cell::Mysql(value) => mysql::$name(value),
                Cell::Never(never, _) => match never {},
            }
        }
    };
}

impl Cell<'_> {
    read! {
        /// As `bool`.
        bool, bool, Bool
    }
    /// As `i16`.
    ///
    /// # Errors
    /// When the column is of another type, or the number does not fit.
    pub fn small_int(self) -> Result<i16, BoxError> {
        match self {
            #[cfg(feature = "sqlite")]
            Cell::Sqlite(value) => fitting(value, "`i16`"),
            #[cfg(feature = "postgres")]
            Cell::Postgres(value) => postgres::small_int(value),
            #[cfg(feature = "mysql")]
            Cell::Mysql(value) => mysql::small_int(value),
            Cell::Never(never, _) => match never {},
        }
    }

    /// As `i32`.
    ///
    /// # Errors
    /// When the column is of another type, or the number does not fit.
    #[inline]
    pub fn integer(self) -> Result<i32, BoxError> {
        match self {
            #[cfg(feature = "sqlite")]
            Cell::Sqlite(value) => fitting(value, "`i32`"),
            #[cfg(feature = "postgres")]
            Cell::Postgres(value) => postgres::integer(value),
            #[cfg(feature = "mysql")]
            Cell::Mysql(value) => mysql::integer(value),
            Cell::Never(never, _) => match never {},
        }
    }

    read! {
        /// As `i64`.
        big_int, i64, BigInt
    }
    read! {
        /// As `f32`.
        float, f32, Float
    }
    read! {
        /// As `f64`.
        double, f64, Double
    }

    /// As the digits of a decimal number.
    ///
    /// # Errors
    /// When the column is of another type, or holds what is no number.
    pub fn decimal(self) -> Result<Digits, BoxError> {
        match self {
            #[cfg(feature = "sqlite")]
            Cell::Sqlite(value) => {
                let text = <String as FromSql<sql_types::Text, Sqlite>>::from_sql(value)?;
                Digits::parse(&text).ok_or_else(|| format!("{text:?} is no decimal number").into())
            }
            #[cfg(feature = "postgres")]
            Cell::Postgres(value) => postgres::decimal(value),
            #[cfg(feature = "mysql")]
            Cell::Mysql(value) => mysql::decimal(value),
            Cell::Never(never, _) => match never {},
        }
    }

    /// As the bytes of a uuid.
    ///
    /// # Errors
    /// When the column is of another type, or holds what is no uuid.
    pub fn uuid(self) -> Result<[u8; 16], BoxError> {
        match self {
            #[cfg(feature = "sqlite")]
            Cell::Sqlite(value) => {
                let bytes = <Vec<u8> as FromSql<sql_types::Binary, Sqlite>>::from_sql(value)?;
                // As its text, or as it is.
                <[u8; 16]>::try_from(bytes.as_slice()).or_else(|_| parse_uuid(&bytes))
            }
            #[cfg(feature = "postgres")]
            Cell::Postgres(value) => postgres::uuid(value),
            #[cfg(feature = "mysql")]
            Cell::Mysql(value) => mysql::uuid(value),
            Cell::Never(never, _) => match never {},
        }
    }

    /// As a time of a day.
    ///
    /// # Errors
    /// When the column is of another type, or holds what is no time.
    pub fn time(self) -> Result<NaiveTime, BoxError> {
        match self {
            #[cfg(feature = "sqlite")]
            Cell::Sqlite(value) => {
                let text = <String as FromSql<sql_types::Text, Sqlite>>::from_sql(value)?;
                parse_time(text.as_bytes())
                    .and_then(|(time, end)| (end == text.len()).then_some(time))
                    .ok_or_else(|| format!("{text:?} is no time like 23:59:59.999999").into())
            }
            #[cfg(feature = "postgres")]
            Cell::Postgres(value) => postgres::time(value),
            #[cfg(feature = "mysql")]
            Cell::Mysql(value) => mysql::time(value),
            Cell::Never(never, _) => match never {},
        }
    }

    read! {
        /// As text.
        text, String, Text
    }
    read! {
        /// As bytes.
        binary, Vec<u8>, Binary
    }

    /// As a day.
    pub fn date(self) -> Result<NaiveDate, BoxError> {
        match self {
            #[cfg(feature = "sqlite")]
            Cell::Sqlite(value) => {
                let text = <String as FromSql<sql_types::Text, Sqlite>>::from_sql(value)?;
                parse_date(text.as_bytes())
                    .ok_or_else(|| format!("{text:?} is no date like 2026-12-31").into())
            }
            #[cfg(feature = "postgres")]
            Cell::Postgres(value) => postgres::date(value),
            #[cfg(feature = "mysql")]
            Cell::Mysql(value) => mysql::date(value),
            Cell::Never(never, _) => match never {},
        }
    }

    /// As a point in time in UTC.
    pub fn timestamp(self) -> Result<NaiveDateTime, BoxError> {
        match self {
            #[cfg(feature = "sqlite")]
            Cell::Sqlite(value) => {
                let text = <String as FromSql<sql_types::Text, Sqlite>>::from_sql(value)?;
                parse_timestamp(text.as_bytes()).ok_or_else(|| {
                    format!("{text:?} is no time like 2026-12-31 23:59:59.999999").into()
                })
            }
            #[cfg(feature = "postgres")]
            Cell::Postgres(value) => postgres::timestamp(value),
            #[cfg(feature = "mysql")]
            Cell::Mysql(value) => mysql::timestamp(value),
            Cell::Never(never, _) => match never {},
        }
    }
}

/// A whole number of SQLite, which has 64 bits, as one of fewer.
#[cfg(feature = "sqlite")]
#[inline]
fn fitting<T: TryFrom<i64>>(
    value: <Sqlite as Backend>::RawValue<'_>,
    wanted: &str,
) -> Result<T, BoxError> {
    let number = <i64 as FromSql<sql_types::BigInt, Sqlite>>::from_sql(value)?;
    T::try_from(number).map_err(|_| format!("{number} does not fit into an {wanted}").into())
}

/// The text in which SQLite keeps a time of a day: always 15 characters, so that text order is time order.
#[cfg(feature = "sqlite")]
pub(crate) fn time_text(time: &NaiveTime) -> String {
    use chrono::Timelike;
    // A leap second lasts longer than others and has no place in the text.
    let micros = (time.nanosecond() / 1000).min(999_999);
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    format!("{hour:02}:{minute:02}:{second:02}.{micros:06}")
}

/// The text in which SQLite keeps a point in time: always 26 characters, so that text order is time order.
#[cfg(feature = "sqlite")]
pub(crate) fn timestamp_text(time: &NaiveDateTime) -> String {
    use chrono::{Datelike, Timelike};
    use std::fmt::Write;
    let mut text = String::with_capacity(26);
    let (date, micros) = (time.date(), time.nanosecond() / 1000);
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{micros:06}",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    );
    text
}

/// Parses `YYYY-MM-DD`, ignoring a time behind it.
#[cfg(feature = "sqlite")]
fn parse_date(text: &[u8]) -> Option<NaiveDate> {
    let year = i32::try_from(digits(text, 0, 4)?).ok()?;
    let rest_starts_well = matches!(text.get(10), None | Some(b' ' | b'T'));
    let dashed = text.get(4) == Some(&b'-') && text.get(7) == Some(&b'-');
    if !(rest_starts_well && dashed) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, digits(text, 5, 7)?, digits(text, 8, 10)?)
}

/// Parses what [`timestamp_text`] writes and what SQLite's own functions write: a date, then maybe a time with
/// minutes, seconds and a fraction, then maybe `Z` or an offset from UTC.
///
/// Written by hand because a general parser takes a tenth of the time of a page of records.
#[cfg(feature = "sqlite")]
fn parse_timestamp(text: &[u8]) -> Option<NaiveDateTime> {
    let date = parse_date(text)?;
    let Some(time) = text.get(11..).filter(|time| !time.is_empty()) else {
        return Some(date.and_time(NaiveTime::MIN));
    };
    let (of_day, at) = parse_time(time)?;
    let parsed = date.and_time(of_day);
    let offset = match time.get(at..)? {
        [] | [b'Z'] => 0,
        [sign @ (b'+' | b'-'), rest @ ..] => {
            let minutes = if rest.get(2) == Some(&b':') {
                digits(rest, 3, 5)?
            } else {
                0
            };
            let seconds = i64::from(digits(rest, 0, 2)? * 3600 + minutes * 60);
            if *sign == b'+' { seconds } else { -seconds }
        }
        _ => return None,
    };
    parsed.checked_sub_signed(chrono::TimeDelta::seconds(offset))
}

/// Parses a time with minutes and maybe seconds and a fraction; also tells where it ends.
#[cfg(feature = "sqlite")]
fn parse_time(time: &[u8]) -> Option<(NaiveTime, usize)> {
    if time.get(2) != Some(&b':') {
        return None;
    }
    let (hour, minute) = (digits(time, 0, 2)?, digits(time, 3, 5)?);
    let (second, mut at) = if time.get(5) == Some(&b':') {
        (digits(time, 6, 8)?, 8)
    } else {
        (0, 5)
    };
    let mut nanos = 0;
    if time.get(at) == Some(&b'.') {
        at += 1;
        let mut scale = 100_000_000;
        while let Some(digit) = time.get(at).filter(|byte| byte.is_ascii_digit()) {
            nanos += u32::from(digit - b'0') * scale;
            scale /= 10;
            at += 1;
        }
    }
    let time = NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)?;
    Some((time, at))
}

#[cfg(feature = "sqlite")]
fn digits(text: &[u8], from: usize, to: usize) -> Option<u32> {
    text.get(from..to)?.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u32::from(byte - b'0'))
    })
}

/// A row as a driver hands it out, read by position.
pub trait RowRead {
    /// Calls `read` with the column at `index`; `None` is NULL.
    ///
    /// # Errors
    /// When the row has no such column, or `read` fails; the message names the column.
    fn with_cell(
        &self,
        index: usize,
        read: &mut dyn FnMut(Option<Cell<'_>>) -> Result<(), BoxError>,
    ) -> Result<(), BoxError>;
}

impl dyn RowRead + '_ {
    /// The column at `index` as a `T`.
    ///
    /// # Errors
    /// When the row has no such column, or it holds something else.
    #[inline]
    pub fn get<T: ColumnType>(&self, index: usize) -> Result<T, BoxError> {
        let mut value = None;
        self.with_cell(index, &mut |cell| {
            value = Some(T::from_cell(cell)?);
            Ok(())
        })?;
        value.ok_or_else(|| format!("column {index} was not read").into())
    }
}

/// Takes the rows of a query one by one, on the thread of the connection.
pub trait RowSink: Send + 'static {
    /// Takes one row; `false` asks for no more.
    ///
    /// # Errors
    /// When the row cannot be decoded.
    fn row(&mut self, row: &dyn RowRead) -> Result<bool, BoxError>;

    /// Waits until there is room for another row; `false` when nobody wants the rows any more. There always is unless
    /// a sink says otherwise.
    fn poll_room(&mut self, _context: &mut Context<'_>) -> Poll<bool> {
        Poll::Ready(true)
    }

    /// Whether anybody still wants the rows.
    fn is_open(&self) -> bool {
        true
    }

    /// Hears that there are no more rows, or why, when nobody waits for an answer of the query itself.
    fn finish(&mut self, _outcome: Result<(), DatabaseError>) {}

    /// Gives the sink back as what it was, with what it has collected.
    fn into_any(self: Box<Self>) -> Box<dyn Any + Send>;
}

/// Collects rows, each decoded by a function.
pub(crate) struct Rows<T> {
    rows: Vec<T>,
    decode: fn(&dyn RowRead) -> Result<T, BoxError>,
}

impl<T: Send + 'static> Rows<T> {
    pub(crate) fn new(decode: fn(&dyn RowRead) -> Result<T, BoxError>) -> Box<Self> {
        Box::new(Rows {
            rows: Vec::new(),
            decode,
        })
    }

    /// What a sink made by [`Rows::new`] for the same `T` has collected.
    pub(crate) fn collected(sink: Box<dyn RowSink>) -> Vec<T> {
        sink.into_any()
            .downcast::<Self>()
            .map(|sink| sink.rows)
            .unwrap_or_default()
    }
}

impl<T: Send + 'static> RowSink for Rows<T> {
    fn row(&mut self, row: &dyn RowRead) -> Result<bool, BoxError> {
        self.rows.push((self.decode)(row)?);
        Ok(true)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

/// Makes a row of diesel's a [`RowRead`].
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
macro_rules! driver_row {
    ($(#[$doc:meta])* $name:ident, $backend:ty, $cell:ident) => {
        $(#[$doc])*
        pub(crate) struct $name<'row, R>(pub(crate) &'row R);

        impl<'connection, R: diesel::row::Row<'connection, $backend>> RowRead for $name<'_, R> {
            fn with_cell(
                &self,
                index: usize,
                read: &mut dyn FnMut(Option<Cell<'_>>) -> Result<(), BoxError>,
            ) -> Result<(), BoxError> {
                use diesel::row::Field;
                let field = self
                    .0
                    .get(index)
                    .ok_or_else(|| format!("the row has no column {index}"))?;
                read(field.value().map(Cell::$cell)).map_err(|error| {
                    format!("column `{}`: {error}", field.field_name().unwrap_or("?")).into()
                })
            }
        }
    };
}

#[cfg(feature = "sqlite")]
driver_row! {
    /// A row from SQLite.
    SqliteRow, Sqlite, Sqlite
}
#[cfg(feature = "postgres")]
driver_row! {
    /// A row from PostgreSQL.
    PostgresRow, Pg, Postgres
}
#[cfg(feature = "mysql")]
driver_row! {
    /// A row from MySQL.
    MysqlRow, Mysql, Mysql
}

#[cfg(all(test, feature = "sqlite"))]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_reads_as_it_was_written() {
        for micros in [0, 1, 1_700_000_000_123_456, 253_402_300_799_999_999] {
            let time = chrono::DateTime::from_timestamp_micros(micros)
                .expect("a time")
                .naive_utc();
            let text = timestamp_text(&time);
            assert_eq!(text.len(), 26);
            assert_eq!(parse_timestamp(text.as_bytes()), Some(time), "{text}");
        }
    }

    #[test]
    fn timestamps_of_other_writers_are_read() {
        let read = |text: &str| parse_timestamp(text.as_bytes()).map(|time| timestamp_text(&time));
        assert_eq!(
            read("2026-02-03").as_deref(),
            Some("2026-02-03 00:00:00.000000")
        );
        assert_eq!(
            read("2026-02-03 04:05").as_deref(),
            Some("2026-02-03 04:05:00.000000")
        );
        assert_eq!(
            read("2026-02-03T04:05:06.7Z").as_deref(),
            Some("2026-02-03 04:05:06.700000")
        );
        assert_eq!(
            read("2026-02-03 04:05:06+02:00").as_deref(),
            Some("2026-02-03 02:05:06.000000")
        );
        for wrong in [
            "",
            "yesterday",
            "2026-02-30",
            "2026-02-03 25:00:00",
            "2026-02-03 04:05:06 UTC",
            "2026/02/03",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
