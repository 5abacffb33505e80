//! Writes queries down as SQL.
//!
//! Every distinct path of a query becomes one join with one alias: the names of its relationships, as in
//! `project_account`. Joins that a condition or an order needs are left joins, so that they never drop a record;
//! `joins` makes inner ones.

use super::expression::Expression;
use super::joins::Scope;
use super::lock::Lock;
use super::order::{Direction, Nulls, OrderTerm};
use super::path::Path;
use super::pattern;
use super::select::{JoinKind, Select};
use crate::database::statement::{List, StatementBuilder, stored};
use crate::database::{Dialect, Inserted, Statement};
use crate::model::ModelDefinition;
use crate::value::{Value, ValueKind};

/// Up to so many values, a list of IN is written out, padded so that few texts are distinct; beyond, it is one bind.
/// PostgreSQL makes one bind of every list.
const LONGEST_LIST: usize = 256;

/// Text of SQLite in the order of the decimal numbers it holds; `database::sqlite::functions` defines it.
const COLLATE_DECIMAL: &str = " COLLATE velocious_decimal";

/// The sum of such numbers to their last digit; the same.
#[cfg(feature = "decimal")]
const DECIMAL_SUM: &str = "velocious_decimal_sum";

/// The query as one SELECT.
pub(crate) fn select(dialect: Dialect, select: Select) -> Statement {
    let mut renderer = Renderer::new(dialect);
    renderer.select(select);
    renderer.sql.finish()
}

/// The question how the database would run the query.
pub(crate) fn explain(dialect: Dialect, select: Select) -> Statement {
    let mut renderer = Renderer::new(dialect);
    renderer.sql.push(match dialect {
        Dialect::Sqlite => "EXPLAIN QUERY PLAN ",
        Dialect::Postgres => "EXPLAIN ",
        Dialect::Mysql => "EXPLAIN FORMAT=JSON ",
    });
    renderer.select(select);
    renderer.sql.finish()
}

/// The quoted name of the table at the end of a path, if it is one of the query's.
pub(crate) fn table_for_join(dialect: Dialect, select: &Select, path: &Path) -> Option<String> {
    let scope = Renderer::new(dialect).scope(select);
    scope
        .contains(path)
        .then(|| quoted(dialect, scope.alias(path)))
}

fn quoted(dialect: Dialect, name: &str) -> String {
    let mut sql = StatementBuilder::new(dialect);
    sql.name(name);
    sql.finish().sql()
}

/// How many rows the query has.
pub(crate) fn count(dialect: Dialect, mut select: Select) -> Statement {
    let mut renderer = Renderer::new(dialect);
    let windowed = select.window() != (None, None);
    if windowed || !select.groups.is_empty() || !select.items.is_empty() {
        if !windowed {
            select.forget_order();
        }
        if select.items.is_empty() && !select.distinct {
            select.items = vec![Expression::Raw {
                sql: "1".to_owned(),
                binds: Vec::new(),
            }];
        }
        renderer.sql.push("SELECT COUNT(*) FROM (");
        renderer.select(select);
        renderer.sql.push(") AS ");
        renderer.sql.name("counted");
    } else {
        let key = Expression::Column(Path::root(), select.definition.key_name());
        select.items = vec![match std::mem::take(&mut select.distinct) {
            true => Expression::Call {
                function: "COUNT",
                distinct: true,
                arguments: vec![key],
            },
            false => Expression::CountAll,
        }];
        select.forget_order();
        renderer.select(select);
    }
    renderer.sql.finish()
}

/// What the values that [`fold`] reads are called.
const FOLDED: &[&str] = &["value", "of"];

/// The value of a row that [`fold`] is about.
pub(crate) fn folded_value(kind: ValueKind) -> Expression {
    let value = Expression::Column(Path::root(), FOLDED[0]);
    match kind {
        // Where a truth is no number, it has to be known for one; and what is kept as text, for a number.
        ValueKind::Bool | ValueKind::Float | ValueKind::Decimal => Expression::Cast {
            of: Box::new(value),
            to: kind,
        },
        _ => value,
    }
}

/// One value of the rows of a query that are distinct, or of which only some are wanted.
pub(crate) fn fold(
    dialect: Dialect,
    mut select: Select,
    value: Expression,
    of_rows: Expression,
) -> Statement {
    let mut renderer = Renderer::new(dialect);
    let definition = select.definition;
    if select.window() == (None, None) {
        select.forget_order();
    }
    select.items = vec![value, Expression::own(definition.key_name())];
    select.item_names = FOLDED;
    let name = renderer.take("folded");
    renderer.sql.push("SELECT ");
    renderer.expression(of_rows, &Scope::of(definition, name.clone()));
    renderer.sql.push(" FROM (");
    renderer.select(select);
    renderer.sql.push(") AS ");
    renderer.sql.name(&name);
    renderer.sql.finish()
}

/// `INSERT` of one row, giving back every column of it: by itself where it can, else by a query after it.
pub(crate) fn insert(
    dialect: Dialect,
    has_returning: bool,
    definition: &ModelDefinition,
    row: Vec<(usize, Value)>,
) -> Inserted {
    let key = row.iter().find(|(at, _)| *at == definition.primary_key);
    let key = key.map(|(_, value)| vec![(definition.key_name(), value.clone())]);
    let mut sql = StatementBuilder::new(dialect);
    sql.push("INSERT INTO ");
    sql.name(definition.table);
    if row.is_empty() {
        sql.push(match dialect {
            Dialect::Sqlite | Dialect::Postgres => " DEFAULT VALUES",
            Dialect::Mysql => " () VALUES ()",
        });
    } else {
        sql.push(" (");
        names(
            &mut sql,
            row.iter()
                .map(|(column, _)| definition.column_name(*column)),
        );
        sql.push(") VALUES (");
        for (at, (_, value)) in row.into_iter().enumerate() {
            comma(&mut sql, at);
            sql.bind(value);
        }
        sql.push(")");
    }
    if !has_returning {
        return Inserted {
            statement: sql.finish(),
            read_back: Some(read_back(dialect, definition, key.unwrap_or_default())),
        };
    }
    sql.push(" RETURNING ");
    names(
        &mut sql,
        definition.columns.iter().map(|column| column.name),
    );
    sql.finish().into()
}

/// The row that the INSERT before it has made: the one with this unique key, or, without one, with the primary key
/// that it was assigned.
pub(crate) fn read_back(
    dialect: Dialect,
    definition: &ModelDefinition,
    key: Vec<(&'static str, Value)>,
) -> Statement {
    let mut sql = StatementBuilder::new(dialect);
    sql.push("SELECT ");
    names(
        &mut sql,
        definition.columns.iter().map(|column| column.name),
    );
    sql.push(" FROM ");
    sql.name(definition.table);
    // Rows may be equal in a unique key that is NULL, so that finds no row.
    if key.is_empty() || key.iter().any(|(_, value)| value.is_null()) {
        sql.push(" WHERE ");
        sql.name(definition.key_name());
        sql.push(" = LAST_INSERT_ID()");
        return sql.finish();
    }
    for (at, (name, value)) in key.into_iter().enumerate() {
        sql.push(if at == 0 { " WHERE " } else { " AND " });
        sql.name(name);
        sql.push(" = ");
        sql.bind(value);
    }
    sql.finish()
}

/// `UPDATE` of the row with this key.
pub(crate) fn update(
    dialect: Dialect,
    definition: &ModelDefinition,
    changes: Vec<(usize, Value)>,
    key: (Value, Option<(usize, Value)>),
) -> Statement {
    let mut sql = StatementBuilder::new(dialect);
    let changes = changes
        .into_iter()
        .map(|(column, value)| (definition.column_name(column), value));
    set(&mut sql, definition, changes);
    with_key(&mut sql, definition, key);
    sql.finish()
}

/// `DELETE` of the row with this key, if it is the version given.
pub(crate) fn delete(
    dialect: Dialect,
    definition: &ModelDefinition,
    key: (Value, Option<(usize, Value)>),
) -> Statement {
    let mut sql = StatementBuilder::new(dialect);
    sql.push("DELETE FROM ");
    sql.name(definition.table);
    with_key(&mut sql, definition, key);
    sql.finish()
}

/// `UPDATE` of every row of a query.
pub(crate) fn update_all(
    dialect: Dialect,
    changes: Vec<(&'static str, Value)>,
    select: Select,
) -> Statement {
    let mut renderer = Renderer::new(dialect);
    set(&mut renderer.sql, select.definition, changes.into_iter());
    renderer.rows_of(select);
    renderer.sql.finish()
}

/// `UPDATE` that adds a number to a column of every row of a query; NULL counts as zero.
pub(crate) fn increment(
    dialect: Dialect,
    column: &'static str,
    by: i64,
    select: Select,
) -> Statement {
    let mut renderer = Renderer::new(dialect);
    let definition = select.definition;
    let sql = &mut renderer.sql;
    sql.push("UPDATE ");
    sql.name(definition.table);
    sql.push(" SET ");
    sql.name(column);
    sql.push(" = COALESCE(");
    sql.name(column);
    sql.push(", 0) + ");
    let kind = definition
        .column(column)
        .map(|at| definition.columns[at].kind);
    sql.bind(match (kind, i32::try_from(by)) {
        (Some(ValueKind::Integer), Ok(by)) => Value::Integer(by),
        _ => Value::BigInt(by),
    });
    renderer.rows_of(select);
    renderer.sql.finish()
}

/// `DELETE` of every row of a query.
pub(crate) fn delete_all(dialect: Dialect, select: Select) -> Statement {
    let mut renderer = Renderer::new(dialect);
    renderer.sql.push("DELETE FROM ");
    renderer.sql.name(select.definition.table);
    renderer.rows_of(select);
    renderer.sql.finish()
}

fn set(
    sql: &mut StatementBuilder,
    definition: &ModelDefinition,
    changes: impl Iterator<Item = (&'static str, Value)>,
) {
    sql.push("UPDATE ");
    sql.name(definition.table);
    sql.push(" SET ");
    for (at, (column, value)) in changes.enumerate() {
        comma(sql, at);
        sql.name(column);
        sql.push(" = ");
        sql.bind(value);
    }
}

fn with_key(
    sql: &mut StatementBuilder,
    definition: &ModelDefinition,
    (key, version): (Value, Option<(usize, Value)>),
) {
    sql.push(" WHERE ");
    sql.name(definition.key_name());
    sql.push(" = ");
    sql.bind(key);
    if let Some((column, version)) = version {
        sql.push(" AND ");
        sql.name(definition.column_name(column));
        sql.push(" = ");
        sql.bind(version);
    }
}

fn names(sql: &mut StatementBuilder, names: impl Iterator<Item = &'static str>) {
    for (at, name) in names.enumerate() {
        comma(sql, at);
        sql.name(name);
    }
}

fn comma(sql: &mut StatementBuilder, at: usize) {
    if at > 0 {
        sql.push(", ");
    }
}

/// Writes one statement.
pub(super) struct Renderer {
    pub(super) sql: StatementBuilder,
    /// Every table name and alias in use anywhere in the statement.
    pub(super) taken: Vec<String>,
}

impl Renderer {
    fn new(dialect: Dialect) -> Self {
        Renderer {
            sql: StatementBuilder::new(dialect),
            taken: Vec::new(),
        }
    }

    fn select(&mut self, select: Select) {
        let (limit, offset) = select.window();
        let scope = self.scope(&select);
        self.sql.push(if select.distinct {
            "SELECT DISTINCT "
        } else {
            "SELECT "
        });
        self.items(select.items, select.item_names, select.definition, &scope);
        self.sql.push(" FROM ");
        self.sql.name(select.definition.table);
        if scope.root != select.definition.table {
            self.sql.push(" AS ");
            self.sql.name(&scope.root);
        }
        self.joins(&scope);
        self.conditions(select.conditions, &scope);
        for (at, group) in select.groups.into_iter().enumerate() {
            self.sql.push(if at == 0 { " GROUP BY " } else { ", " });
            self.expression(group, &scope);
        }
        for (at, condition) in select.having.into_iter().enumerate() {
            self.sql.push(if at == 0 { " HAVING " } else { " AND " });
            self.expression(condition, &scope);
        }
        self.order(select.order, &scope);
        self.window(limit, offset);
        if let Some(lock) = select.lock {
            self.lock(lock, &scope);
        }
    }

    /// Keeps the rows of the query's own table from others.
    fn lock(&mut self, lock: Lock, scope: &Scope) {
        match (self.sql.dialect(), lock) {
            // A transaction that writes is alone already.
            (Dialect::Sqlite, _) => return,
            (Dialect::Postgres, Lock::Share) => self.sql.push(" FOR SHARE OF "),
            (Dialect::Postgres, _) => self.sql.push(" FOR UPDATE OF "),
            (Dialect::Mysql, Lock::Share) => self.sql.push(" LOCK IN SHARE MODE"),
            (Dialect::Mysql, _) => self.sql.push(" FOR UPDATE"),
        }
        if self.sql.dialect() == Dialect::Postgres {
            self.sql.name(&scope.root);
        }
        match lock {
            Lock::Wait | Lock::Share => {}
            Lock::SkipLocked => self.sql.push(" SKIP LOCKED"),
        }
    }

    fn scope(&mut self, select: &Select) -> Scope {
        let definition = select.definition;
        let mut scope = Scope::of(definition, self.take(definition.table));
        for join in &select.joins {
            scope.add(&join.path, join.kind);
        }
        let order = select.order.iter().map(|term| &term.expression);
        for expression in select
            .items
            .iter()
            .chain(&select.conditions)
            .chain(&select.groups)
            .chain(&select.having)
            .chain(order)
        {
            expression.paths(&mut |path| scope.add(path, JoinKind::Left));
        }
        self.name_joins(&mut scope);
        scope
    }

    fn items(
        &mut self,
        items: Vec<Expression>,
        names: &[&str],
        definition: &ModelDefinition,
        scope: &Scope,
    ) {
        if items.is_empty() {
            for (at, column) in definition.columns.iter().enumerate() {
                comma(&mut self.sql, at);
                self.column(&scope.root, column.name);
            }
        }
        for (at, item) in items.into_iter().enumerate() {
            comma(&mut self.sql, at);
            self.expression(item, scope);
            if let Some(name) = names.get(at) {
                self.sql.push(" AS ");
                self.sql.name(name);
            }
        }
    }

    fn conditions(&mut self, conditions: Vec<Expression>, scope: &Scope) {
        for (at, condition) in conditions.into_iter().enumerate() {
            self.sql.push(if at == 0 { " WHERE " } else { " AND " });
            self.expression(condition, scope);
        }
    }

    fn order(&mut self, order: Vec<OrderTerm>, scope: &Scope) {
        for (at, term) in order.into_iter().enumerate() {
            self.sql.push(if at == 0 { " ORDER BY " } else { ", " });
            self.order_term(term, scope);
        }
    }

    /// NULL counts as less than everything else, on every database: so it is first in an ascending order unless said
    /// otherwise. PostgreSQL has to be told, MySQL cannot be told and orders by whether it is NULL before.
    fn order_term(&mut self, term: OrderTerm, scope: &Scope) {
        let natural = match term.direction {
            Direction::Ascending => Nulls::First,
            Direction::Descending => Nulls::Last,
        };
        let wanted = term.nulls.unwrap_or(natural);
        let is_said = match self.sql.dialect() {
            Dialect::Sqlite => term.nulls.is_some(),
            Dialect::Postgres => term.nulls.is_some() || scope.may_be_null(&term.expression),
            Dialect::Mysql => {
                if wanted != natural {
                    self.expression(term.expression.clone(), scope);
                    self.sql.push(match wanted {
                        Nulls::First => " IS NULL DESC, ",
                        Nulls::Last => " IS NULL, ",
                    });
                }
                false
            }
        };
        self.expression(term.expression, scope);
        if term.direction == Direction::Descending {
            self.sql.push(" DESC");
        }
        if is_said {
            self.sql.push(match wanted {
                Nulls::First => " NULLS FIRST",
                Nulls::Last => " NULLS LAST",
            });
        }
    }

    fn window(&mut self, limit: Option<u64>, offset: Option<u64>) {
        let bind = |number: u64| Value::BigInt(i64::try_from(number).unwrap_or(i64::MAX));
        match (limit, offset) {
            (None, None) => return,
            // SQLite looks at a bound limit while it plans, and so plans anew each time; one row is asked for most.
            (Some(1), _) => self.sql.push(" LIMIT 1"),
            (Some(limit), _) => {
                self.sql.push(" LIMIT ");
                self.sql.bind(bind(limit));
            }
            // An offset needs a limit on most databases.
            (None, Some(_)) => self.sql.push(match self.sql.dialect() {
                Dialect::Sqlite => " LIMIT -1",
                Dialect::Postgres => "",
                Dialect::Mysql => " LIMIT 18446744073709551615",
            }),
        }
        if let Some(offset) = offset {
            self.sql.push(" OFFSET ");
            self.sql.bind(bind(offset));
        }
    }

    pub(super) fn column(&mut self, table: &str, column: &str) {
        self.sql.name(table);
        self.sql.push(".");
        self.sql.name(column);
    }

    pub(super) fn expression(&mut self, expression: Expression, scope: &Scope) {
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

    /// The WHERE of a statement that writes: the query's own conditions where they are about its own columns only,
    /// else the keys of the query's rows.
    fn rows_of(&mut self, mut select: Select) {
        let is_mysql = self.sql.dialect() == Dialect::Mysql;
        let mut only_own =
            select.window() == (None, None) && select.joins.is_empty() && !select.distinct;
        for condition in &select.conditions {
            only_own &= condition.is_about_root();
            // MySQL does not read from the table it writes to.
            only_own &= !(is_mysql && condition.has_exists());
        }
        if only_own {
            let definition = select.definition;
            let scope = Scope::of(definition, self.take(definition.table));
            return self.conditions(select.conditions, &scope);
        }
        let key = select.definition.key_name();
        self.sql.push(" WHERE ");
        self.sql.name(key);
        self.sql.push(" IN (");
        let is_windowed = select.window() != (None, None);
        if !is_windowed {
            select.order.clear();
        }
        // PostgreSQL orders distinct rows only by what is selected.
        let has_all = select.distinct && is_windowed;
        if !has_all {
            select.items = vec![Expression::Column(Path::root(), key)];
        }
        if is_mysql || has_all {
            // MySQL does read from a table in between, provided that is not merged away: which DISTINCT or a limit keep
            // it from.
            select.distinct |= !is_windowed;
            self.sql.push("SELECT ");
            self.sql.name(key);
            self.sql.push(" FROM (");
            self.select(select);
            self.sql.push(") AS ");
            self.sql.name("chosen");
        } else {
            self.select(select);
        }
        self.sql.push(")");
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
