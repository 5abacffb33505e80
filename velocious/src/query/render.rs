//! Writes queries down as SQL.
//!
//! Every distinct path of a query becomes one join with one alias: the names of its relationships, as in
//! `project_account`. Joins that a condition or an order needs are left joins, so that they never drop a record;
//! `joins` makes inner ones.

use super::expression::Expression;
use super::joins::Scope;
use super::order::{Direction, Nulls, OrderTerm};
use super::path::Path;
use super::select::{JoinKind, Select};
use crate::database::statement::StatementBuilder;
use crate::database::{Dialect, Statement};
use crate::model::ModelDefinition;
use crate::value::{Value, ValueKind};

/// Up to so many values, a list of IN is written out, padded so that few texts are distinct; beyond, it is one bind.
const LONGEST_LIST: usize = 256;

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
    });
    renderer.select(select);
    renderer.sql.finish()
}

/// How many rows the query has.
pub(crate) fn count(dialect: Dialect, mut select: Select) -> Statement {
    let mut renderer = Renderer::new(dialect);
    let windowed = select.window() != (None, None);
    if windowed || !select.groups.is_empty() || !select.items.is_empty() {
        if !windowed {
            select.order.clear();
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
        select.order.clear();
        renderer.select(select);
    }
    renderer.sql.finish()
}

/// `INSERT` of one row, giving back every column of it.
pub(crate) fn insert(
    dialect: Dialect,
    definition: &ModelDefinition,
    row: Vec<(usize, Value)>,
) -> Statement {
    let mut sql = StatementBuilder::new(dialect);
    sql.push("INSERT INTO ");
    sql.name(definition.table);
    if row.is_empty() {
        sql.push(" DEFAULT VALUES");
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
    sql.push(" RETURNING ");
    names(
        &mut sql,
        definition.columns.iter().map(|column| column.name),
    );
    sql.finish()
}

/// `UPDATE` of the row with this key.
pub(crate) fn update(
    dialect: Dialect,
    definition: &ModelDefinition,
    changes: Vec<(usize, Value)>,
    key: Value,
) -> Statement {
    let mut sql = StatementBuilder::new(dialect);
    let changes = changes
        .into_iter()
        .map(|(column, value)| (definition.column_name(column), value));
    set(&mut sql, definition, changes);
    with_key(&mut sql, definition, key);
    sql.finish()
}

/// `DELETE` of the row with this key.
pub(crate) fn delete(dialect: Dialect, definition: &ModelDefinition, key: Value) -> Statement {
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

fn with_key(sql: &mut StatementBuilder, definition: &ModelDefinition, key: Value) {
    sql.push(" WHERE ");
    sql.name(definition.key_name());
    sql.push(" = ");
    sql.bind(key);
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
        self.items(select.items, select.definition, &scope);
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
        if select.lock.is_some() {
            self.lock();
        }
    }

    /// Keeps the rows of the query's own table from others.
    fn lock(&mut self) {
        match self.sql.dialect() {
            // A transaction that writes is alone already.
            Dialect::Sqlite => {}
        }
    }

    fn scope(&mut self, select: &Select) -> Scope {
        let mut scope = Scope::of(self.take(select.definition.table));
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

    fn items(&mut self, items: Vec<Expression>, definition: &ModelDefinition, scope: &Scope) {
        if items.is_empty() {
            for (at, column) in definition.columns.iter().enumerate() {
                comma(&mut self.sql, at);
                self.column(&scope.root, column.name);
            }
        }
        for (at, item) in items.into_iter().enumerate() {
            comma(&mut self.sql, at);
            self.expression(item, scope);
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
            self.expression(term.expression, scope);
            if term.direction == Direction::Descending {
                self.sql.push(" DESC");
            }
            match term.nulls {
                Some(Nulls::First) => self.sql.push(" NULLS FIRST"),
                Some(Nulls::Last) => self.sql.push(" NULLS LAST"),
                None => {}
            }
        }
    }

    fn window(&mut self, limit: Option<u64>, offset: Option<u64>) {
        let bind = |number: u64| Value::BigInt(i64::try_from(number).unwrap_or(i64::MAX));
        match (limit, offset) {
            (None, None) => return,
            (Some(limit), _) => {
                self.sql.push(" LIMIT ");
                self.sql.bind(bind(limit));
            }
            // An offset needs a limit here.
            (None, Some(_)) => match self.sql.dialect() {
                Dialect::Sqlite => self.sql.push(" LIMIT -1"),
            },
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
            Expression::Column(path, column) => self.column(scope.alias(&path), column),
            Expression::Value(value) => self.sql.bind(value),
            Expression::Binary(left, operator, right) => {
                self.expression(*left, scope);
                self.sql.push(operator);
                self.expression(*right, scope);
            }
            Expression::In {
                of,
                values,
                negated,
            } => self.list(*of, values, negated, scope),
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
            } => {
                self.sql.push(function);
                self.sql.push(if distinct { "(DISTINCT " } else { "(" });
                for (at, argument) in arguments.into_iter().enumerate() {
                    comma(&mut self.sql, at);
                    self.expression(argument, scope);
                }
                self.sql.push(")");
            }
            Expression::Cast { of, to } => {
                self.sql.push("CAST(");
                self.expression(*of, scope);
                self.sql.push(" AS ");
                self.sql.push(cast_type(to));
                self.sql.push(")");
            }
            Expression::CountAll => self.sql.push("COUNT(*)"),
            Expression::Exists { path, condition } => {
                self.exists(&path, condition.map(|condition| *condition), scope)
            }
            Expression::Raw { sql, binds } => self.sql.raw(&sql, binds),
        }
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

    fn like(&mut self, of: Expression, pattern: String, any_case: bool, scope: &Scope) {
        if any_case {
            self.sql.push("LOWER(");
            self.expression(of, scope);
            self.sql.push(") LIKE LOWER(");
            self.sql.bind(Value::Text(pattern));
            self.sql.push(")");
        } else {
            self.expression(of, scope);
            self.sql.push(" LIKE ");
            self.sql.bind(Value::Text(pattern));
        }
        self.sql.push(" ESCAPE '\\'");
    }

    fn list(&mut self, of: Expression, mut values: Vec<Value>, negated: bool, scope: &Scope) {
        let Some(last) = values.last().cloned() else {
            return self.sql.push(if negated { "1 = 1" } else { "1 = 0" });
        };
        self.expression(of, scope);
        self.sql.push(if negated { " NOT IN (" } else { " IN (" });
        match (values.len() > LONGEST_LIST)
            .then(|| json_list(&values))
            .flatten()
        {
            Some(json) => {
                self.sql.push("SELECT value FROM json_each(");
                self.sql.bind(Value::Text(json));
                self.sql.push(")");
            }
            None => {
                // Repeating the last value changes nothing and leaves about eight texts to cache.
                values.resize(values.len().next_power_of_two(), last);
                for (at, value) in values.into_iter().enumerate() {
                    comma(&mut self.sql, at);
                    self.sql.bind(value);
                }
            }
        }
        self.sql.push(")");
    }

    /// The WHERE of a statement that writes: the query's own conditions where they are about its own columns only,
    /// else the keys of the query's rows.
    fn rows_of(&mut self, mut select: Select) {
        let mut only_own =
            select.window() == (None, None) && select.joins.is_empty() && !select.distinct;
        for condition in &select.conditions {
            only_own &= condition.is_about_root();
        }
        if only_own {
            let scope = Scope::of(self.take(select.definition.table));
            return self.conditions(select.conditions, &scope);
        }
        let key = select.definition.key_name();
        self.sql.push(" WHERE ");
        self.sql.name(key);
        self.sql.push(" IN (");
        if select.window() == (None, None) {
            select.order.clear();
        }
        select.items = vec![Expression::Column(Path::root(), key)];
        self.select(select);
        self.sql.push(")");
    }
}

/// What a kind is called in a CAST.
fn cast_type(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Bool | ValueKind::Integer | ValueKind::BigInt => "INTEGER",
        ValueKind::Double => "REAL",
        ValueKind::Binary => "BLOB",
        ValueKind::Text | ValueKind::Timestamp | ValueKind::Date => "TEXT",
    }
}

/// Whole numbers or texts as one JSON list; `None` for other kinds, which JSON would not keep as they are.
fn json_list(values: &[Value]) -> Option<String> {
    let plain = |value: &Value| {
        matches!(
            value.kind(),
            ValueKind::Integer | ValueKind::BigInt | ValueKind::Text
        )
    };
    if !values.iter().all(plain) {
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
    serde_json::to_string(&list).ok()
}
