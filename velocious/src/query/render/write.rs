//! The statements that write: INSERT, UPDATE and DELETE.

use super::{Renderer, comma};
use crate::database::statement::StatementBuilder;
use crate::database::{Dialect, Inserted, Statement};
use crate::model::ModelDefinition;
use crate::query::expression::Expression;
use crate::query::joins::Scope;
use crate::query::path::Path;
use crate::query::select::Select;
use crate::value::{Value, ValueKind};

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

impl Renderer {
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
