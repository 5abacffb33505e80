//! A query as data: what [`super::Query`] builds and [`super::render`] writes down.

use super::expression::Expression;
use super::lock::Lock;
use super::order::OrderTerm;
use super::path::Path;
use crate::model::ModelDefinition;

/// How many records a page holds unless the query says otherwise.
pub const DEFAULT_PER_PAGE: u64 = 30;

/// A query without its types.
#[derive(Clone, Debug)]
pub struct Select {
    pub(crate) definition: &'static ModelDefinition,
    pub(crate) distinct: bool,
    /// What to select; the model's own columns when empty.
    pub(crate) items: Vec<Expression>,
    /// What the items are called, where another query reads them.
    pub(crate) item_names: &'static [&'static str],
    pub(crate) joins: Vec<Join>,
    pub(crate) conditions: Vec<Expression>,
    pub(crate) groups: Vec<Expression>,
    pub(crate) having: Vec<Expression>,
    pub(crate) order: Vec<OrderTerm>,
    pub(crate) limit: Option<u64>,
    pub(crate) offset: Option<u64>,
    /// Counted from one. With it, `per_page` decides the limit and the offset.
    pub(crate) page: Option<u64>,
    pub(crate) per_page: Option<u64>,
    pub(crate) lock: Option<Lock>,
}

/// A join that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Join {
    pub(crate) path: Path,
    pub(crate) kind: JoinKind,
}

/// Whether a record without a partner stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JoinKind {
    Inner,
    Left,
}

impl Select {
    pub(crate) fn new(definition: &'static ModelDefinition) -> Self {
        Select {
            definition,
            distinct: false,
            items: Vec::new(),
            item_names: &[],
            joins: Vec::new(),
            conditions: Vec::new(),
            groups: Vec::new(),
            having: Vec::new(),
            order: Vec::new(),
            limit: None,
            offset: None,
            page: None,
            per_page: None,
            lock: None,
        }
    }

    /// How many rows at most, and how many to pass over: of the page, if one was asked for.
    pub(crate) fn window(&self) -> (Option<u64>, Option<u64>) {
        if self.page.is_none() && self.per_page.is_none() {
            return (self.limit, self.offset);
        }
        let per_page = self.per_page.unwrap_or(DEFAULT_PER_PAGE);
        let before = self
            .page
            .unwrap_or(1)
            .saturating_sub(1)
            .saturating_mul(per_page);
        (Some(per_page), Some(before).filter(|before| *before > 0))
    }

    /// At most one row, of those that are within the limit, the offset or the page.
    pub(crate) fn limit_to_one(&mut self) {
        let (limit, offset) = self.window();
        (self.page, self.per_page) = (None, None);
        self.limit = Some(limit.map_or(1, |limit| limit.min(1)));
        self.offset = offset;
    }

    /// Drops an order that nothing depends on, but for what it does to the number of rows: a term along a relationship
    /// to many repeats them.
    pub(crate) fn forget_order(&mut self) {
        let joins = &mut self.joins;
        for term in std::mem::take(&mut self.order) {
            term.expression.paths(&mut |path| {
                if path.may_repeat() {
                    joins.push(Join {
                        path: path.clone(),
                        kind: JoinKind::Left,
                    });
                }
            });
        }
    }

    /// Orders by the primary key unless there is an order.
    pub(crate) fn order_by_default(&mut self) {
        if self.order.is_empty() {
            let key = Expression::Column(Path::root(), self.definition.key_name());
            self.order.push(OrderTerm::ascending(key));
        }
    }

    pub(crate) fn reverse(&mut self) {
        self.order_by_default();
        self.order.iter_mut().for_each(OrderTerm::reverse);
    }
}
