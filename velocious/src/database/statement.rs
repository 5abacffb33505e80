//! One statement: SQL text with holes and the owned binds that fill them.
//!
//! It is the only thing diesel is asked to run. The text is not known before run time, so diesel's statement cache
//! keys it by text and bind types. Values travel only as binds.

use std::sync::Arc;

#[cfg(feature = "sqlite")]
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::query_builder::{Query, QueryId};
use diesel::sql_types;
#[cfg(feature = "sqlite")]
use diesel::{QueryResult, sqlite::Sqlite};

use super::Dialect;
use super::verb::Verb;
use crate::value::Value;
#[cfg(feature = "sqlite")]
use crate::value::ValueKind;

/// SQL with its binds, ready for one driver.
#[derive(Clone, Debug)]
pub struct Statement {
    sql: Arc<str>,
    /// Where in `sql` each bind belongs, ascending; one mark a bind.
    marks: Vec<u32>,
    binds: Vec<Value>,
    cacheable: bool,
    verb: Verb,
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

    /// The values, in the order of their places in the text.
    pub fn binds(&self) -> &[Value] {
        &self.binds
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

/// Puts a [`Statement`] together.
#[derive(Debug)]
pub(crate) struct StatementBuilder {
    dialect: Dialect,
    sql: String,
    marks: Vec<u32>,
    binds: Vec<Value>,
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
        self.sql.push('"');
        for (at, part) in name.split('"').enumerate() {
            if at > 0 {
                self.sql.push_str("\"\"");
            }
            self.sql.push_str(part);
        }
        self.sql.push('"');
    }

    /// Appends a value, as a bind, in the form the database keeps it in.
    pub(crate) fn bind(&mut self, value: Value) {
        let value = match (self.dialect, value) {
            #[cfg(feature = "sqlite")]
            (Dialect::Sqlite, Value::Timestamp(time)) => {
                Value::Text(super::row::timestamp_text(&time))
            }
            (_, value) => value,
        };
        // A statement of 4 GiB never gets here: every database refuses one long before.
        self.marks
            .push(u32::try_from(self.sql.len()).unwrap_or(u32::MAX));
        self.binds.push(value);
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

#[cfg(feature = "sqlite")]
impl QueryFragment<Sqlite> for Statement {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        use sql_types::{BigInt, Binary, Bool, Double, Integer, Nullable, Text};
        if !self.cacheable {
            out.unsafe_to_cache_prepared();
        }
        let mut binds = self.binds.iter();
        for (piece, is_bind) in self.pieces() {
            out.push_sql(piece);
            let Some(value) = binds.next().filter(|_| is_bind) else {
                continue;
            };
            match value {
                Value::Bool(value) => out.push_bind_param::<Bool, bool>(value)?,
                Value::Integer(value) => out.push_bind_param::<Integer, i32>(value)?,
                Value::BigInt(value) => out.push_bind_param::<BigInt, i64>(value)?,
                Value::Double(value) => out.push_bind_param::<Double, f64>(value)?,
                Value::Text(value) => out.push_bind_param::<Text, str>(value.as_str())?,
                Value::Binary(value) => out.push_bind_param::<Binary, [u8]>(value.as_slice())?,
                // Never here: the builder has made text of it.
                Value::Timestamp(value) => {
                    out.push_bind_param::<sql_types::Timestamp, chrono::NaiveDateTime>(value)?
                }
                Value::Date(value) => {
                    out.push_bind_param::<sql_types::Date, chrono::NaiveDate>(value)?
                }
                Value::Null(ValueKind::Text) => {
                    out.push_bind_param::<Nullable<Text>, _>(&None::<&'static str>)?
                }
                // SQLite's NULL has no type.
                Value::Null(_) => out.push_bind_param::<Nullable<Integer>, _>(&None::<i32>)?,
            }
        }
        Ok(())
    }
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
    fn names_are_quoted() {
        let mut builder = StatementBuilder::new(Dialect::Sqlite);
        builder.name("we\"ird");
        assert_eq!(builder.finish().sql(), "\"we\"\"ird\"");
    }
}
