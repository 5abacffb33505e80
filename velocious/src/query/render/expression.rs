//! Conditions and values as SQL.

use super::{Renderer, comma, quoted};
use crate::database::Dialect;
use crate::database::statement::{List, stored};
use crate::query::expression::Expression;
use crate::query::joins::Scope;
use crate::query::path::Path;
use crate::query::pattern;
use crate::value::{Value, ValueKind};

/// Up to so many values, a list of IN is written out, padded so that few texts are distinct; beyond, it is one bind.
/// PostgreSQL makes one bind of every list.
const LONGEST_LIST: usize = 256;

/// Text of SQLite in the order of the decimal numbers it holds; `database::sqlite::functions` defines it.
const COLLATE_DECIMAL: &str = " COLLATE velocious_decimal";

/// The sum of such numbers to their last digit; the same.
#[cfg(feature = "decimal")]
const DECIMAL_SUM: &str = "velocious_decimal_sum";

impl Renderer {
    pub(in crate::query) fn column(&mut self, table: &str, column: &str) {
        self.sql.name(table);
        self.sql.push(".");
        self.sql.name(column);
    }

    pub(in crate::query) fn expression(&mut self, expression: Expression, scope: &Scope) {
        match expression {
            Expression::Column(path, column) => self.typed_column(&path, column, false, scope),
            Expression::Value(value) => self.value(value),
            Expression::Binary(left, operator, right) => {
                self.compared(*left, scope);
                self.sql.push(operator);
                self.compared(*right, scope);
            }
            Expression::In {
                of,
                values,
                negated,
            } => self.list(*of, values, negated, scope),
            Expression::InSelect { of, select } => {
                self.expression(*of, scope);
                self.sql.push(" IN (");
                self.select(*select);
                self.sql.push(")");
            }
            Expression::IsNull { of, negated } => {
                self.expression(*of, scope);
                self.sql
                    .push(if negated { " IS NOT NULL" } else { " IS NULL" });
            }
            Expression::Like {
                of,
                pattern,
                any_case,
            } => self.like(*of, pattern, any_case, scope),
            Expression::All(list) => self.joined_by(list, " AND ", "1 = 1", scope),
            Expression::Any(list) => self.joined_by(list, " OR ", "1 = 0", scope),
            Expression::Not(of) => {
                self.sql.push("NOT (");
                self.expression(*of, scope);
                self.sql.push(")");
            }
            Expression::Call {
                function,
                distinct,
                arguments,
            } => self.call(function, distinct, arguments, scope),
            // A number of MySQL has its scale already, and would get another one.
            Expression::Cast {
                of,
                to: ValueKind::Decimal,
            } if self.sql.dialect() == Dialect::Mysql => self.expression(*of, scope),
            Expression::Cast { of, to } => {
                self.sql.push("CAST(");
                self.expression(*of, scope);
                self.sql.push(" AS ");
                self.sql.push(cast_type(self.sql.dialect(), to));
                self.sql.push(")");
                if (self.sql.dialect(), to) == (Dialect::Sqlite, ValueKind::Decimal) {
                    self.sql.push(COLLATE_DECIMAL);
                }
            }
            Expression::JsonAt { of, path, kind } => self.json_at(&of, &path, kind, scope),
            Expression::CountAll => self.sql.push("COUNT(*)"),
            Expression::Exists { path, condition } => {
                self.exists(&path, condition.map(|condition| *condition), scope)
            }
            Expression::Raw { sql, binds } => self.sql.raw(&sql, binds),
            Expression::RawOf { path, sql, binds } => {
                let table = quoted(self.sql.dialect(), scope.alias(&path));
                self.sql.raw(&sql.replace("{table}", &table), binds);
            }
        }
    }

    /// One side of a comparison.
    fn compared(&mut self, expression: Expression, scope: &Scope) {
        match expression {
            Expression::Column(path, column) => self.typed_column(&path, column, true, scope),
            other => self.expression(other, scope),
        }
    }

    /// A column, so that it compares and sorts as what it is where the database keeps it as text.
    fn typed_column(&mut self, path: &Path, column: &str, is_compared: bool, scope: &Scope) {
        let dialect = self.sql.dialect();
        let kind = match dialect {
            Dialect::Postgres => None,
            Dialect::Sqlite | Dialect::Mysql => scope.kind_at(path, column),
        };
        let (before, after) = match (dialect, kind) {
            (Dialect::Sqlite, Some(ValueKind::Decimal)) => ("", COLLATE_DECIMAL),
            // Documents are equal when they are written alike, wherever the spaces are.
            (Dialect::Sqlite, Some(ValueKind::Json)) if is_compared => ("json(", ")"),
            (Dialect::Mysql, Some(ValueKind::Json)) if is_compared => ("JSON_EXTRACT(", ", '$')"),
            _ => ("", ""),
        };
        self.sql.push(before);
        self.column(scope.alias(path), column);
        self.sql.push(after);
    }

    /// A value that something is compared with.
    fn value(&mut self, value: Value) {
        let (before, after) = match (self.sql.dialect(), &value) {
            // It would compare text with a number as if both were floating point.
            (Dialect::Mysql, Value::Decimal(_)) => ("CAST(", " AS DECIMAL(65, 30))"),
            (Dialect::Mysql, Value::Json(_)) => ("JSON_EXTRACT(", ", '$')"),
            (Dialect::Sqlite, Value::Json(_)) => ("json(", ")"),
            _ => return self.sql.bind(value),
        };
        self.sql.push(before);
        self.sql.bind(value);
        self.sql.push(after);
    }

    fn joined_by(&mut self, list: Vec<Expression>, between: &str, empty: &str, scope: &Scope) {
        if list.is_empty() {
            return self.sql.push(empty);
        }
        self.sql.push("(");
        for (at, expression) in list.into_iter().enumerate() {
            if at > 0 {
                self.sql.push(between);
            }
            self.expression(expression, scope);
        }
        self.sql.push(")");
    }

    fn call(
        &mut self,
        function: &'static str,
        distinct: bool,
        arguments: Vec<Expression>,
        scope: &Scope,
    ) {
        let dialect = self.sql.dialect();
        let kind = arguments
            .first()
            .and_then(|argument| scope.kind_of(argument));
        self.sql.push(match (dialect, function) {
            // PostgreSQL has no least or greatest truth, but these are the same.
            (Dialect::Postgres, "MIN") if kind == Some(ValueKind::Bool) => "BOOL_AND",
            (Dialect::Postgres, "MAX") if kind == Some(ValueKind::Bool) => "BOOL_OR",
            // SQLite itself adds up floating point numbers.
            #[cfg(feature = "decimal")]
            (Dialect::Sqlite, "SUM") if kind == Some(ValueKind::Decimal) => DECIMAL_SUM,
            _ => function,
        });
        self.sql.push(if distinct { "(DISTINCT " } else { "(" });
        for (at, argument) in arguments.into_iter().enumerate() {
            comma(&mut self.sql, at);
            let argument = match (dialect, function, kind) {
                // MySQL's mean of whole numbers has four decimals, and PostgreSQL's sum of small floating point
                // numbers is one itself.
                (Dialect::Mysql, "AVG", _) | (Dialect::Postgres, "SUM", Some(ValueKind::Float)) => {
                    Expression::Cast {
                        of: Box::new(argument),
                        to: ValueKind::Double,
                    }
                }
                _ => argument,
            };
            self.expression(argument, scope);
        }
        self.sql.push(")");
    }

    /// Patterns mean the same everywhere. SQLite's LIKE does not tell `a` from `A`, but its GLOB does.
    fn like(&mut self, of: Expression, pattern: String, any_case: bool, scope: &Scope) {
        let (lower, operator) = match (self.sql.dialect(), any_case) {
            (Dialect::Sqlite, false) => {
                self.expression(of, scope);
                self.sql.push(" GLOB ");
                return self.sql.bind(Value::Text(pattern::glob(&pattern)));
            }
            (Dialect::Sqlite, true) => (Some(pattern::LOWER), " LIKE "),
            (Dialect::Mysql, true) => (Some("LOWER"), " LIKE "),
            (Dialect::Postgres, true) => (None, " ILIKE "),
            (Dialect::Postgres | Dialect::Mysql, false) => (None, " LIKE "),
        };
        let pattern = Value::Text(pattern::complete(pattern));
        match lower {
            Some(lower) => {
                self.sql.push(lower);
                self.sql.push("(");
                self.expression(of, scope);
                self.sql.push(")");
                self.sql.push(operator);
                self.sql.push(lower);
                self.sql.push("(");
                self.sql.bind(pattern);
                self.sql.push(")");
            }
            None => {
                self.expression(of, scope);
                self.sql.push(operator);
                self.sql.bind(pattern);
            }
        }
        self.sql.push(" ESCAPE '\\'");
    }

    fn list(&mut self, of: Expression, values: Vec<Value>, negated: bool, scope: &Scope) {
        if values.is_empty() {
            return self.sql.push(if negated { "1 = 1" } else { "1 = 0" });
        }
        self.compared(of, scope);
        let values = match self.sql.dialect() {
            Dialect::Postgres => match List::of(values) {
                Ok(list) => {
                    self.sql.push(if negated { " <> ALL(" } else { " = ANY(" });
                    self.sql.bind_list(list);
                    return self.sql.push(")");
                }
                Err(values) => values,
            },
            Dialect::Sqlite | Dialect::Mysql => values,
        };
        self.sql.push(if negated { " NOT IN (" } else { " IN (" });
        let dialect = self.sql.dialect();
        let values = values.into_iter().map(|value| match value {
            Value::Decimal(_) | Value::Json(_) => value,
            value => stored(dialect, value),
        });
        self.list_items(values.collect());
        self.sql.push(")");
    }

    fn list_items(&mut self, mut values: Vec<Value>) {
        if values.len() > LONGEST_LIST
            && let Some((json, kind)) = json_list(&values)
        {
            let rows = match (self.sql.dialect(), kind) {
                (Dialect::Sqlite, _) => Some(("SELECT value FROM json_each(", ")")),
                // Text would come with a collation of its own, which another one cannot be compared with.
                (Dialect::Mysql, ValueKind::Integer | ValueKind::BigInt) => Some((
                    "SELECT value FROM JSON_TABLE(",
                    ", '$[*]' COLUMNS (value BIGINT PATH '$')) AS listed",
                )),
                _ => None,
            };
            if let Some((before, after)) = rows {
                self.sql.push(before);
                self.sql.bind(Value::Text(json));
                return self.sql.push(after);
            }
        }
        match values.last().cloned() {
            // Repeating the last value changes nothing and leaves about a dozen texts to cache.
            Some(last) if values.len() <= LONGEST_LIST * 16 => {
                values.resize(values.len().next_power_of_two(), last);
            }
            _ => self.sql.vary(),
        }
        for (at, value) in values.into_iter().enumerate() {
            comma(&mut self.sql, at);
            self.value(value);
        }
    }
}

/// What a kind is called in a CAST.
fn cast_type(dialect: Dialect, kind: ValueKind) -> &'static str {
    match (dialect, kind) {
        (
            Dialect::Sqlite,
            ValueKind::Bool | ValueKind::SmallInt | ValueKind::Integer | ValueKind::BigInt,
        ) => "INTEGER",
        (Dialect::Sqlite, ValueKind::Float | ValueKind::Double) => "REAL",
        (Dialect::Sqlite, ValueKind::Binary) => "BLOB",
        // Whatever else there is, it keeps as text.
        (Dialect::Sqlite, _) => "TEXT",
        (Dialect::Postgres, ValueKind::Bool) => "BOOLEAN",
        (Dialect::Postgres, ValueKind::SmallInt) => "SMALLINT",
        (Dialect::Postgres, ValueKind::Integer) => "INTEGER",
        (Dialect::Postgres, ValueKind::BigInt) => "BIGINT",
        (Dialect::Postgres, ValueKind::Float) => "REAL",
        (Dialect::Postgres, ValueKind::Double) => "DOUBLE PRECISION",
        (Dialect::Postgres, ValueKind::Decimal) => "NUMERIC",
        (Dialect::Postgres, ValueKind::Binary) => "BYTEA",
        (Dialect::Postgres, ValueKind::Text) => "TEXT",
        (Dialect::Postgres, ValueKind::Timestamp) => "TIMESTAMP WITH TIME ZONE",
        (Dialect::Postgres, ValueKind::Time) => "TIME",
        (Dialect::Postgres, ValueKind::Json) => "JSONB",
        (Dialect::Postgres, ValueKind::Uuid) => "UUID",
        (
            Dialect::Mysql,
            ValueKind::Bool | ValueKind::SmallInt | ValueKind::Integer | ValueKind::BigInt,
        ) => "SIGNED",
        (Dialect::Mysql, ValueKind::Float | ValueKind::Double) => "DOUBLE",
        (Dialect::Mysql, ValueKind::Decimal) => "DECIMAL(65, 30)",
        (Dialect::Mysql, ValueKind::Binary) => "BINARY",
        (Dialect::Mysql, ValueKind::Text | ValueKind::Json | ValueKind::Uuid) => "CHAR",
        (Dialect::Mysql, ValueKind::Time) => "TIME(6)",
        (Dialect::Mysql, ValueKind::Timestamp) => "DATETIME(6)",
        (Dialect::Postgres | Dialect::Mysql, ValueKind::Date) => "DATE",
    }
}

/// Whole numbers or texts as one JSON list, and which; `None` for other kinds, which JSON would not keep as they are.
fn json_list(values: &[Value]) -> Option<(String, ValueKind)> {
    let kind = values.first()?.kind();
    let is_plain = matches!(
        kind,
        ValueKind::Integer | ValueKind::BigInt | ValueKind::Text
    );
    if !is_plain || values.iter().any(|value| value.kind() != kind) {
        return None;
    }
    let list: Vec<serde_json::Value> = values
        .iter()
        .map(|value| match value {
            Value::Integer(number) => (*number).into(),
            Value::BigInt(number) => (*number).into(),
            Value::Text(text) => text.as_str().into(),
            _ => serde_json::Value::Null,
        })
        .collect();
    serde_json::to_string(&list).ok().map(|json| (json, kind))
}
