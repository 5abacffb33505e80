//! Columns instead of records.

use std::marker::PhantomData;

use super::render;
use super::select::Select;
use super::selection::Selection;
use crate::Result;
use crate::database::row::Rows;
use crate::database::{Db, Dialect};

/// A query for columns; see [`Query::pluck`](super::Query::pluck).
#[must_use = "a query does nothing until `load` or `first` is awaited"]
pub struct Pluck<M, S> {
    select: Select,
    types: PhantomData<fn() -> (M, S)>,
}

impl<M: 'static, S: Selection<M>> Pluck<M, S> {
    pub(super) fn new(select: Select) -> Self {
        Pluck {
            select,
            types: PhantomData,
        }
    }

    /// The columns of every row.
    ///
    /// # Errors
    /// When the database fails, or a column holds something else.
    pub async fn load(self, db: &Db) -> Result<Vec<S::Row>> {
        let statement = render::select(db.dialect(), self.select);
        let sink = db
            .fetch(statement, Rows::<S::Row>::new(|row| S::read(row, &mut 0)))
            .await?;
        Ok(Rows::collected(sink))
    }

    /// The columns of the first row.
    pub async fn first(mut self, db: &Db) -> Result<Option<S::Row>> {
        if self.select.groups.is_empty() && !self.select.distinct {
            self.select.order_by_default();
        }
        self.select.limit_to_one();
        Ok(self.load(db).await?.pop())
    }

    /// The SQL this query runs on a dialect, with `?` for each value.
    pub fn to_sql(&self, dialect: Dialect) -> String {
        render::select(dialect, self.select.clone()).sql()
    }
}
