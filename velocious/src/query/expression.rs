//! The untyped tree of SQL expressions that typed conditions, orders and selections are made of.

use super::json::{JsonKind, JsonStep};
use super::path::Path;
use super::select::Select;
use crate::value::{Value, ValueKind};

/// One expression. It owns its values, so a query can move to another thread.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Expression {
    /// A column of the table at the end of a path.
    Column(Path, &'static str),
    /// A value, which becomes a bind.
    Value(Value),
    /// `left operator right`; the operator is ours, with its spaces.
    Binary(Box<Expression>, &'static str, Box<Expression>),
    /// Whether the expression is one of the values, or (`negated`) none of them.
    In {
        /// What is looked for.
        of: Box<Expression>,
        /// Where.
        values: Vec<Value>,
        /// Whether it must not be there.
        negated: bool,
    },
    /// Whether the expression is one of what a query gives.
    InSelect {
        /// What is looked for.
        of: Box<Expression>,
        /// Where; one column of it.
        select: Box<Select>,
    },
    /// Whether the expression is NULL, or (`negated`) is not.
    IsNull {
        /// What is tested.
        of: Box<Expression>,
        /// Whether it must not be NULL.
        negated: bool,
    },
    /// A pattern of LIKE, with `\` as its escape.
    Like {
        /// What is tested.
        of: Box<Expression>,
        /// The pattern.
        pattern: String,
        /// Whether letters may differ in case.
        any_case: bool,
    },
    /// All of these; true when there is none.
    All(Vec<Expression>),
    /// At least one of these; false when there is none.
    Any(Vec<Expression>),
    /// Not this.
    Not(Box<Expression>),
    /// A call of a function of SQL; the name is ours.
    Call {
        /// As in `SUM`.
        function: &'static str,
        /// Whether equal arguments count once.
        distinct: bool,
        /// What it is called with.
        arguments: Vec<Expression>,
    },
    /// The expression as a value of a kind.
    Cast {
        /// What is converted.
        of: Box<Expression>,
        /// To what.
        to: ValueKind,
    },
    /// What a document of JSON holds at a path, if it is of a kind.
    JsonAt {
        /// The document.
        of: Box<Expression>,
        /// Where in it.
        path: Vec<JsonStep>,
        /// What is asked for there.
        kind: JsonKind,
    },
    /// `COUNT(*)`.
    CountAll,
    /// Whether there is a record at the end of a path that meets a condition, which is rooted at that record.
    Exists {
        /// Where; what leads to its last relationship is joined.
        path: Path,
        /// What the record must meet.
        condition: Option<Box<Expression>>,
    },
    /// SQL written by hand about the table at the end of a path, which stands in it as `{table}`.
    RawOf {
        /// Which table.
        path: Path,
        /// The text.
        sql: String,
        /// The values.
        binds: Vec<Value>,
    },
    /// SQL written by hand, with a bind for each `?`.
    Raw {
        /// The text.
        sql: String,
        /// The values.
        binds: Vec<Value>,
    },
}

impl Expression {
    /// A column of the query's own table.
    pub(crate) fn own(column: &'static str) -> Expression {
        Expression::Column(Path::root(), column)
    }

    /// Whether `left` holds a value; of NULL, whether it is NULL.
    pub(crate) fn equal(left: Expression, value: Value) -> Expression {
        let left = Box::new(left);
        match value {
            Value::Null(_) => Expression::IsNull {
                of: left,
                negated: false,
            },
            value => Expression::Binary(left, " = ", Box::new(Expression::Value(value))),
        }
    }

    /// Calls `visit` with every path that must be joined for this expression. What EXISTS asks of its own rows is
    /// not among them: it has joins of its own.
    pub(crate) fn paths(&self, visit: &mut dyn FnMut(&Path)) {
        match self {
            Expression::Column(path, _) | Expression::RawOf { path, .. } => visit(path),
            Expression::Exists { path, .. } => {
                if let Some(step) = path.last() {
                    visit(&step.before);
                }
            }
            Expression::Value(_) | Expression::Raw { .. } | Expression::CountAll => {}
            Expression::Binary(left, _, right) => {
                left.paths(visit);
                right.paths(visit);
            }
            Expression::In { of, .. }
            | Expression::InSelect { of, .. }
            | Expression::IsNull { of, .. }
            | Expression::Like { of, .. }
            | Expression::Cast { of, .. }
            | Expression::JsonAt { of, .. }
            | Expression::Not(of) => of.paths(visit),
            Expression::All(list)
            | Expression::Any(list)
            | Expression::Call {
                arguments: list, ..
            } => {
                for expression in list {
                    expression.paths(visit);
                }
            }
        }
    }

    /// Whether it needs no table but the root.
    pub(crate) fn is_about_root(&self) -> bool {
        let mut is_about_root = true;
        self.paths(&mut |path| is_about_root &= path.is_root());
        is_about_root
    }

    /// Whether it asks for rows of its own.
    pub(crate) fn has_exists(&self) -> bool {
        match self {
            Expression::Exists { .. } | Expression::InSelect { .. } => true,
            Expression::Column(..)
            | Expression::Value(_)
            | Expression::Raw { .. }
            | Expression::RawOf { .. }
            | Expression::CountAll => false,
            Expression::Binary(left, _, right) => left.has_exists() || right.has_exists(),
            Expression::In { of, .. }
            | Expression::IsNull { of, .. }
            | Expression::Like { of, .. }
            | Expression::Cast { of, .. }
            | Expression::JsonAt { of, .. }
            | Expression::Not(of) => of.has_exists(),
            Expression::All(list)
            | Expression::Any(list)
            | Expression::Call {
                arguments: list, ..
            } => list.iter().any(Expression::has_exists),
        }
    }
}
