//! Records a few at a time, however many there are.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::expression::Expression;
use super::path::Path;
use super::{Query, render};
use crate::database::Db;
use crate::database::stream::RowStream;
use crate::model::Model;
use crate::model::preload::{self, Include};
use crate::value::ColumnType;
use crate::{BoxFuture, Result};

/// Running a query over more records than fit into memory.
impl<M: Model> Query<M> {
    /// The records as they come, in the query's order. A few dozen of them are in memory at any time; a database that
    /// is faster than its reader waits. Preloads are done for as many at once.
    ///
    /// On a server a stream keeps a connection until it is read to its end or dropped. Inside of a transaction, and in
    /// a database in memory, all rows are fetched at once: see [`find_each`](Self::find_each) for these.
    ///
    /// ```no_run
    /// use velocious::prelude::*;
    ///
    /// #[derive(Model)]
    /// pub struct Task {
    ///     pub id: i64,
    ///     pub name: String,
    /// }
    ///
    /// # async fn example(db: &Db) -> Result<()> {
    /// let mut tasks = Task::order(|t| t.name()).stream(db);
    /// while let Some(task) = tasks.next().await {
    ///     println!("{}", task?.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(self, db: &Db) -> RecordStream<M> {
        let statement = render::select(db.dialect(), self.select);
        RecordStream {
            rows: RowStream::new(db, statement, |row| M::from_row(row, 0)),
            ready: VecDeque::new(),
            preloading: None,
            db: db.clone(),
            includes: self.includes.into(),
        }
    }

    /// Calls `work` with each record, in the order of their keys, having loaded at most `batch` of them at once. Every
    /// batch is a query of its own, so records may be changed, added and removed meanwhile. The query's own order does
    /// not count, its limit does.
    ///
    /// ```no_run
    /// use velocious::prelude::*;
    ///
    /// #[derive(Model)]
    /// pub struct Task {
    ///     pub id: i64,
    ///     pub name: String,
    ///     pub record: RecordState,
    /// }
    ///
    /// # async fn example(db: &Db) -> Result<()> {
    /// Task::all()
    ///     .find_each(db, 1000, async |mut task| {
    ///         task.name = task.name.trim().to_owned();
    ///         task.save(db).await
    ///     })
    ///     .await
    /// # }
    /// ```
    ///
    /// # Errors
    /// The first that `work` or the database gives.
    pub async fn find_each<F>(self, db: &Db, batch: u64, mut work: F) -> Result<()>
    where
        F: AsyncFnMut(M) -> Result<()>,
    {
        let mut batches = Batches::new(self, batch);
        while let Some(query) = batches.next_query() {
            for record in batches.take(query.load(db).await?) {
                work(record).await?;
            }
        }
        Ok(())
    }

    /// The same with each batch as a whole.
    ///
    /// # Errors
    /// As [`find_each`](Self::find_each).
    pub async fn find_in_batches<F>(self, db: &Db, batch: u64, mut work: F) -> Result<()>
    where
        F: AsyncFnMut(Vec<M>) -> Result<()>,
    {
        let mut batches = Batches::new(self, batch);
        while let Some(query) = batches.next_query() {
            let records = batches.take(query.load(db).await?);
            if !records.is_empty() {
                work(records).await?;
            }
        }
        Ok(())
    }
}

/// A query cut into pieces, each of which begins behind the last key of the one before.
struct Batches<M: Model> {
    query: Query<M>,
    batch: u64,
    /// How many records may still come; `None` without a limit.
    left: Option<u64>,
    last: Option<M::Key>,
    is_over: bool,
}

impl<M: Model> Batches<M> {
    fn new(mut query: Query<M>, batch: u64) -> Self {
        let (limit, offset) = query.select.window();
        (query.select.page, query.select.per_page) = (None, None);
        (query.select.limit, query.select.offset) = (None, offset);
        query.select.order.clear();
        query.select.order_by_default();
        Batches {
            query,
            batch: batch.max(1),
            left: limit,
            last: None,
            is_over: false,
        }
    }

    fn next_query(&mut self) -> Option<Query<M>> {
        let size = self.left.map_or(self.batch, |left| left.min(self.batch));
        if self.is_over || size == 0 {
            return None;
        }
        let mut query = self.query.clone().limit(size);
        if let Some(last) = &self.last {
            query.select.offset = None;
            query.select.conditions.push(Expression::Binary(
                Box::new(Expression::Column(Path::root(), M::definition().key_name())),
                " > ",
                Box::new(Expression::Value(last.to_value())),
            ));
        }
        Some(query)
    }

    /// Remembers where a batch has ended.
    fn take(&mut self, records: Vec<M>) -> Vec<M> {
        let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
        self.is_over = count < self.batch;
        self.left = self.left.map(|left| left.saturating_sub(count));
        self.last = records.last().map(M::key);
        records
    }
}

/// Records as they come; see [`Query::stream`].
#[must_use = "a stream does nothing until `next` is awaited"]
pub struct RecordStream<M> {
    rows: RowStream<M>,
    ready: VecDeque<M>,
    preloading: Option<BoxFuture<'static, Result<VecDeque<M>>>>,
    db: Db,
    includes: Arc<[Include]>,
}

impl<M: Model> RecordStream<M> {
    /// The next record; `None` when there are no more, also after an error.
    pub async fn next(&mut self) -> Option<Result<M>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Loads what the query wants to be loaded with a chunk of records.
    fn preload(&self, records: VecDeque<M>) -> BoxFuture<'static, Result<VecDeque<M>>> {
        let (db, includes) = (self.db.clone(), self.includes.clone());
        Box::pin(async move {
            let mut records = Vec::from(records);
            preload::preload_tree(&db, &mut records, &includes).await?;
            Ok(records.into())
        })
    }
}

impl<M: Model> Stream for RecordStream<M> {
    type Item = Result<M>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(preloading) = &mut this.preloading {
                let preloaded = ready!(preloading.as_mut().poll(context));
                this.preloading = None;
                match preloaded {
                    Ok(records) => this.ready = records,
                    Err(error) => return Poll::Ready(Some(Err(error))),
                }
            }
            if let Some(record) = this.ready.pop_front() {
                return Poll::Ready(Some(Ok(record)));
            }
            match ready!(this.rows.poll_chunk(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(records)) if this.includes.is_empty() => this.ready = records,
                Some(Ok(records)) => this.preloading = Some(this.preload(records)),
            }
        }
    }
}

impl<M> Unpin for RecordStream<M> {}
