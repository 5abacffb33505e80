//! One statement: SQL text with holes and the owned binds that fill them.
//!
//! It is the only thing diesel is asked to run. The text is not known before run time, so diesel's statement cache
//! keys it by text and bind types. Values travel only as binds.

use std::sync::Arc;

use diesel::query_builder::{Query, QueryId};
use diesel::sql_types;

use super::Dialect;
#[cfg(feature = "postgres")]
use super::postgres::bind::PostgresBind;
use super::verb::Verb;
use crate::value::{Value, ValueKind, uuid_text};

/// SQL with its binds, ready for one driver.
#[derive(Clone, Debug)]
pub struct Statement {
    sql: Arc<str>,
    /// Where in `sql` each bind belongs, ascending; one mark a bind.
    marks: Vec<u32>,
    binds: Vec<Bind>,
    cacheable: bool,
    verb: Verb,
}

/// What fills one hole.
#[derive(Clone, Debug, PartialEq)]
enum Bind {
    One(Value),
    List(List),
    /// A value in a form that only PostgreSQL knows.
    #[cfg(feature = "postgres")]
    Postgres(Value, PostgresBind),
}

/// Values of one type that are one bind, which only PostgreSQL knows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum List {
    Integers(Vec<i32>),
    BigInts(Vec<i64>),
    Texts(Vec<String>),
    Uuids(Vec<UuidBytes>),
}

/// The bytes of a uuid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct UuidBytes(pub(crate) [u8; 16]);

impl List {
    /// The values as a list; gives them back when they are of several types, or of one that cannot be listed.
    pub(crate) fn of(values: Vec<Value>) -> Result<Self, Vec<Value>> {
        macro_rules! list {
            ($($kind:ident => $list:ident),*) => {
                match values.first() {
                    $(Some(Value::$kind(_)) if values.iter().all(|value| matches!(value, Value::$kind(_))) => {
                        let values = values.into_iter().filter_map(|value| match value {
                            Value::$kind(value) => Some(value),
                            _ => None,
                        });
                        Ok(List::$list(values.collect()))
                    })*
                    _ => Err(values),
                }
            };
        }
        match list!(Integer => Integers, BigInt => BigInts, Text => Texts) {
            Err(values) => List::of_uuids(values),
            list => list,
        }
    }

    fn of_uuids(values: Vec<Value>) -> Result<Self, Vec<Value>> {
        let bytes = values.iter().map(|value| match value {
            Value::Uuid(bytes) => Some(UuidBytes(*bytes)),
            _ => None,
        });
        match bytes.collect::<Option<Vec<_>>>() {
            Some(list) if !list.is_empty() => Ok(List::Uuids(list)),
            _ => Err(values),
        }
    }

    fn into_values(self) -> Vec<Value> {
        match self {
            List::Integers(list) => list.into_iter().map(Value::Integer).collect(),
            List::BigInts(list) => list.into_iter().map(Value::BigInt).collect(),
            List::Texts(list) => list.into_iter().map(Value::Text).collect(),
            List::Uuids(list) => list
                .into_iter()
                .map(|UuidBytes(bytes)| Value::Uuid(bytes))
                .collect(),
        }
    }
}

impl Statement {
    /// The SQL as a database sees it, with `?` for each bind: for logs and tests.
    pub fn sql(&self) -> String {
        let mut text = String::with_capacity(self.sql.len() + self.binds.len());
        for (piece, is_bind) in self.pieces() {
            text.push_str(piece);
            if is_bind {
                text.push('?');
            }
        }
        text
    }

    /// The values, in the order of their places in the text; a list that is one bind is all of its values.
    pub fn binds(&self) -> Vec<Value> {
        let binds = self.binds.iter().cloned();
        binds
            .flat_map(|bind| match bind {
                Bind::One(value) => vec![value],
                #[cfg(feature = "postgres")]
                Bind::Postgres(value, _) => vec![value],
                Bind::List(list) => list.into_values(),
            })
            .collect()
    }

    /// What the statement does.
    pub(crate) fn verb(&self) -> Verb {
        self.verb
    }

    /// The text between the binds; `true` where a bind follows.
    fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let starts = std::iter::once(0).chain(self.marks.iter().map(|mark| *mark as usize));
        let ends = self
            .marks
            .iter()
            .map(|mark| (*mark as usize, true))
            .chain([(self.sql.len(), false)]);
        starts
            .zip(ends)
            .map(|(start, (end, is_bind))| (&self.sql[start..end], is_bind))
    }
}

/// A value in the form in which a database keeps it, where that is text and others have a type of their own.
pub(crate) fn stored(dialect: Dialect, value: Value) -> Value {
    match (dialect, value) {
        (Dialect::Postgres, value) => value,
        #[cfg(feature = "sqlite")]
        (Dialect::Sqlite, Value::Timestamp(time)) => Value::Text(super::row::timestamp_text(&time)),
        #[cfg(feature = "sqlite")]
        (Dialect::Sqlite, Value::Time(time)) => Value::Text(super::row::time_text(&time)),
        (_, Value::Decimal(digits)) => Value::Text(digits.into_string()),
        (_, Value::Json(json)) => Value::Text(json.to_string()),
        (_, Value::Uuid(bytes)) => Value::Text(uuid_text(bytes)),
        (_, Value::Null(ValueKind::Decimal | ValueKind::Json | ValueKind::Uuid)) => {
            Value::Null(ValueKind::Text)
        }
        (_, value) => value,
    }
}

/// Puts a [`Statement`] together.
#[derive(Debug)]
pub(crate) struct StatementBuilder {
    dialect: Dialect,
    sql: String,
    marks: Vec<u32>,
    binds: Vec<Bind>,
    varies: bool,
}

impl StatementBuilder {
    pub(crate) fn new(dialect: Dialect) -> Self {
        StatementBuilder {
            dialect,
            sql: String::with_capacity(160),
            marks: Vec::new(),
            binds: Vec::new(),
            varies: false,
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Says that there are too many texts like this one to keep them all prepared.
    pub(crate) fn vary(&mut self) {
        self.varies = true;
    }

    /// Appends text of our own, or raw SQL that its caller answers for.
    pub(crate) fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    /// Appends a quoted name.
    pub(crate) fn name(&mut self, name: &str) {
        let quote = match self.dialect {
            Dialect::Sqlite | Dialect::Postgres => '"',
            Dialect::Mysql => '`',
        };
        self.sql.push(quote);
        for (at, part) in name.split(quote).enumerate() {
            if at > 0 {
                self.sql.extend([quote, quote]);
            }
            self.sql.push_str(part);
        }
        self.sql.push(quote);
    }

    /// Appends a value, as a bind, in the form the database keeps it in.
    pub(crate) fn bind(&mut self, value: Value) {
        #[cfg(feature = "postgres")]
        if self.dialect == Dialect::Postgres
            && let Some(own) = PostgresBind::of(&value)
        {
            return self.fill(Bind::Postgres(value, own));
        }
        self.fill(Bind::One(stored(self.dialect, value)));
    }

    /// Appends a list as one bind: an array of PostgreSQL.
    pub(crate) fn bind_list(&mut self, list: List) {
        self.fill(Bind::List(list));
    }

    fn fill(&mut self, bind: Bind) {
        // A statement of 4 GiB never gets here: every database refuses one long before.
        self.marks
            .push(u32::try_from(self.sql.len()).unwrap_or(u32::MAX));
        self.binds.push(bind);
    }

    /// Appends raw SQL in which each `?` outside of quotes takes the next of `binds`.
    pub(crate) fn raw(&mut self, sql: &str, binds: impl IntoIterator<Item = Value>) {
        self.varies = true;
        let mut binds = binds.into_iter();
        let mut quote = None;
        let mut rest = sql;
        while let Some(at) =
            rest.find(|c: char| quote.map_or(matches!(c, '?' | '\'' | '"' | '`'), |q| c == q))
        {
            let (before, from) = rest.split_at(at);
            self.sql.push_str(before);
            let mark = from.chars().next().unwrap_or('?');
            match (quote, mark) {
                (None, '?') => match binds.next() {
                    Some(value) => self.bind(value),
                    None => self.sql.push('?'),
                },
                (None, opening) => {
                    quote = Some(opening);
                    self.sql.push(opening);
                }
                (Some(_), closing) => {
                    quote = None;
                    self.sql.push(closing);
                }
            }
            rest = &from[mark.len_utf8()..];
        }
        self.sql.push_str(rest);
    }

    pub(crate) fn finish(self) -> Statement {
        Statement {
            verb: Verb::of(&self.sql),
            sql: self.sql.into(),
            marks: self.marks,
            binds: self.binds,
            cacheable: !self.varies,
        }
    }
}

impl QueryId for Statement {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Statement {
    type SqlType = sql_types::Untyped;
}

/// Implements diesel's side of a statement for one of its backends. `$time` is the SQL type of a point in time;
/// `$list` takes what is one bind, where that is more than one value, and `$own` what only this driver knows.
macro_rules! fragment {
    ($backend:ty, $time:ty, |$out:ident, $list:ident| $bind_list:expr, |$own:ident| $bind_own:expr) => {
        impl diesel::query_builder::QueryFragment<$backend> for Statement {
            fn walk_ast<'b>(
                &'b self,
                mut out: diesel::query_builder::AstPass<'_, 'b, $backend>,
            ) -> diesel::QueryResult<()> {
                use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
                use sql_types::{
                    BigInt, Binary, Bool, Date, Double, Float, Integer, Nullable, SmallInt, Text,
                    Time,
                };
                if !self.cacheable {
                    out.unsafe_to_cache_prepared();
                }
                let mut binds = self.binds.iter();
                for (piece, is_bind) in self.pieces() {
                    out.push_sql(piece);
                    let Some(bind) = binds.next().filter(|_| is_bind) else {
                        continue;
                    };
                    let value = match bind {
                        Bind::One(value) => value,
                        Bind::List($list) => {
                            let $out = &mut out;
                            $bind_list?;
                            continue;
                        }
                        #[cfg(feature = "postgres")]
                        Bind::Postgres(_, $own) => {
                            let $out = &mut out;
                            $bind_own?;
                            continue;
                        }
                    };
                    match value {
                        Value::Bool(value) => out.push_bind_param::<Bool, bool>(value)?,
                        Value::SmallInt(value) => out.push_bind_param::<SmallInt, i16>(value)?,
                        Value::Integer(value) => out.push_bind_param::<Integer, i32>(value)?,
                        Value::BigInt(value) => out.push_bind_param::<BigInt, i64>(value)?,
                        Value::Float(value) => out.push_bind_param::<Float, f32>(value)?,
                        Value::Double(value) => out.push_bind_param::<Double, f64>(value)?,
                        Value::Text(value) => out.push_bind_param::<Text, str>(value.as_str())?,
                        Value::Binary(value) => {
                            out.push_bind_param::<Binary, [u8]>(value.as_slice())?
                        }
                        // Never on SQLite: the builder has made text of it.
                        Value::Timestamp(value) => {
                            out.push_bind_param::<$time, NaiveDateTime>(value)?
                        }
                        Value::Date(value) => out.push_bind_param::<Date, NaiveDate>(value)?,
                        Value::Time(value) => out.push_bind_param::<Time, NaiveTime>(value)?,
                        Value::Unstorable(_, why) => return Err(refusal(why)),
                        // Never: the builder has put them into the form of this driver.
                        Value::Decimal(_) | Value::Json(_) | Value::Uuid(_) => {
                            return Err(refusal(&format!(
                                "{value} is not in the form of this driver"
                            )));
                        }
                        Value::Null(kind) => {
                            macro_rules! null {
                                ($sql:ty, $rust:ty) => {
                                    out.push_bind_param::<Nullable<$sql>, _>(&None::<$rust>)?
                                };
                            }
                            match kind {
                                ValueKind::Bool => null!(Bool, bool),
                                ValueKind::SmallInt => null!(SmallInt, i16),
                                ValueKind::Integer => null!(Integer, i32),
                                ValueKind::BigInt => null!(BigInt, i64),
                                ValueKind::Float => null!(Float, f32),
                                ValueKind::Double => null!(Double, f64),
                                // The last three only where they are kept as text.
                                ValueKind::Text
                                | ValueKind::Decimal
                                | ValueKind::Json
                                | ValueKind::Uuid => null!(Text, &'static str),
                                ValueKind::Binary => null!(Binary, &'static [u8]),
                                ValueKind::Timestamp => null!($time, NaiveDateTime),
                                ValueKind::Date => null!(Date, NaiveDate),
                                ValueKind::Time => null!(Time, NaiveTime),
                            }
                        }
                    }
                }
                Ok(())
            }
        }
    };
}

#[cfg(feature = "sqlite")]
fragment!(
    diesel::sqlite::Sqlite,
    sql_types::Timestamp,
    |_out, list| unknown_list(list),
    |own| unknown_form(own)
);

#[cfg(feature = "postgres")]
fragment!(
    diesel::pg::Pg,
    sql_types::Timestamptz,
    |out, list| match list {
        List::Integers(list) => out.push_bind_param::<sql_types::Array<Integer>, Vec<i32>>(list),
        List::BigInts(list) => out.push_bind_param::<sql_types::Array<BigInt>, Vec<i64>>(list),
        List::Texts(list) => out.push_bind_param::<sql_types::Array<Text>, Vec<String>>(list),
        List::Uuids(list) => {
            out.push_bind_param::<sql_types::Array<sql_types::Uuid>, Vec<UuidBytes>>(list)
        }
    },
    |own| match own {
        PostgresBind::Numeric(number) => {
            out.push_bind_param::<Nullable<sql_types::Numeric>, _>(number)
        }
        PostgresBind::Json(json) => out.push_bind_param::<Nullable<sql_types::Jsonb>, _>(json),
        PostgresBind::Uuid(bytes) => out.push_bind_param::<Nullable<sql_types::Uuid>, _>(bytes),
        PostgresBind::Refused(why) => Err(refusal(why)),
    }
);

#[cfg(feature = "mysql")]
fragment!(
    diesel::mysql::Mysql,
    sql_types::Datetime,
    |_out, list| unknown_list(list),
    |own| unknown_form(own)
);

/// Never reached: the renderer makes such a bind for PostgreSQL only.
#[cfg(any(feature = "sqlite", feature = "mysql"))]
fn unknown_list(_list: &List) -> diesel::QueryResult<()> {
    Err(refusal("only PostgreSQL takes a list as one value"))
}

/// Never reached: the builder makes such a bind for PostgreSQL only.
#[cfg(all(feature = "postgres", any(feature = "sqlite", feature = "mysql")))]
fn unknown_form(_own: &PostgresBind) -> diesel::QueryResult<()> {
    Err(refusal("only PostgreSQL takes a value in this form"))
}

/// What diesel says of a value that cannot be bound.
fn refusal(why: &str) -> diesel::result::Error {
    diesel::result::Error::QueryBuilderError(why.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_sql_takes_its_binds_outside_of_quotes_only() {
        let mut builder = StatementBuilder::new(Dialect::Sqlite);
        builder.raw(
            "a = ? AND b = 'why?''?' AND \"c?\" = ? -- ü",
            [Value::BigInt(1), Value::Text("x".into())],
        );
        let statement = builder.finish();
        assert_eq!(
            statement.sql(),
            "a = ? AND b = 'why?''?' AND \"c?\" = ? -- ü"
        );
        assert_eq!(
            statement.binds(),
            [Value::BigInt(1), Value::Text("x".into())]
        );
        assert_eq!(statement.marks.len(), 2);
        assert!(!statement.cacheable);
    }

    #[test]
    fn a_list_is_of_one_type() {
        let list = List::of(vec![Value::BigInt(1), Value::BigInt(2)]);
        assert_eq!(list, Ok(List::BigInts(vec![1, 2])));
        let mixed = vec![Value::BigInt(1), Value::Integer(2)];
        assert_eq!(List::of(mixed.clone()), Err(mixed));
        assert_eq!(
            List::of(vec![Value::Bool(true)]),
            Err(vec![Value::Bool(true)])
        );
        assert_eq!(List::of(Vec::new()), Err(Vec::new()));
    }

    #[test]
    fn names_are_quoted() {
        for (dialect, quoted) in [
            (Dialect::Sqlite, "\"we\"\"i`rd\""),
            (Dialect::Postgres, "\"we\"\"i`rd\""),
            (Dialect::Mysql, "`we\"i``rd`"),
        ] {
            let mut builder = StatementBuilder::new(dialect);
            builder.name("we\"i`rd");
            assert_eq!(builder.finish().sql(), quoted);
        }
    }
}
