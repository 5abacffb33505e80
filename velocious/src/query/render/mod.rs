//! Writes queries down as SQL.
//!
//! Every distinct path of a query becomes one join with one alias: the names of its relationships, as in
//! `project_account`. Joins that a condition or an order needs are left joins, so that they never drop a record;
//! `joins` makes inner ones.
//!
//! Here are the statements that read; `expression` writes down conditions and values, `write` the statements that write.

mod expression;
mod write;

pub(crate) use write::{delete, delete_all, increment, insert, read_back, update, update_all};

use super::expression::Expression;
use super::joins::Scope;
use super::lock::Lock;
use super::order::{Direction, Nulls, OrderTerm};
use super::path::Path;
use super::select::{JoinKind, Select};
use crate::database::statement::StatementBuilder;
use crate::database::{Dialect, Statement};
use crate::model::ModelDefinition;
use crate::value::{Value, ValueKind};

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
}
