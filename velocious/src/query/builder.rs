//! The chain an application writes.

use std::marker::PhantomData;

use super::aggregate::Number;
use super::column::{Assignment, Column, Computed};
use super::condition::Condition;
use super::expression::Expression;
use super::order::IntoOrder;
use super::page::Page;
use super::path::{PreloadPath, RelationPath, root};
use super::pluck::Pluck;
use super::projection::{Projected, Projection};
use super::render;
use super::select::{DEFAULT_PER_PAGE, Join, JoinKind, Select};
use super::selection::Selection;
use crate::database::row::Rows;
use crate::database::{Db, Dialect, RowRead, Statement};
use crate::error::NotFound;
use crate::model::preload::{self, Include};
use crate::model::{Model, Record};
use crate::value::{ColumnType, Value};
use crate::{Error, Result};

/// A query for records of `M`; it runs when one of its `async` methods is awaited.
///
/// Every method that shapes it takes and returns the query, so it can be built step by step and passed around;
/// a named scope is a plain function from query to query.
///
/// ```no_run
/// # use velocious::{Db, Result, query::Query, model::Model};
/// /// Everything that is open, newest first.
/// fn newest<M: Model>(query: Query<M>) -> Query<M> {
///     query.reverse_order().limit(10)
/// }
/// # async fn run<M: Model>(db: &Db) -> Result<()> {
/// let records = newest(M::all()).load(db).await?;
/// # let _ = records; Ok(()) }
/// ```
#[must_use = "a query does nothing until `load`, `first`, `count` or another of its `async` methods is awaited"]
pub struct Query<M> {
    pub(super) select: Select,
    pub(super) includes: Vec<Include>,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for Query<M> {
    fn clone(&self) -> Self {
        Query {
            select: self.select.clone(),
            includes: self.includes.clone(),
            model: PhantomData,
        }
    }
}

impl<M: Model> Default for Query<M> {
    fn default() -> Self {
        Query {
            select: Select::new(M::definition()),
            includes: Vec::new(),
            model: PhantomData,
        }
    }
}

/// Shaping a query.
impl<M: Model> Query<M> {
    /// Keeps the records that meet a condition as well as those before it.
    pub fn filter(mut self, condition: impl FnOnce(M::Handle<M>) -> Condition<M>) -> Self {
        self.select
            .conditions
            .push(condition(root::<M>()).into_expression());
        self
    }

    /// Keeps the records that meet a condition of raw SQL; each `?` outside of quotes takes the next of `binds`.
    /// The model's own table goes by its name.
    pub fn filter_sql(
        self,
        sql: impl Into<String>,
        binds: impl IntoIterator<Item = Value>,
    ) -> Self {
        self.filter(|_| Condition::sql(sql, binds))
    }

    /// The name of a joined table in this query, quoted for the database, to be written into raw SQL: as in
    /// `query.table_for_join(&db, |t| t.project().account())?`. A condition on one table alone can do without; see
    /// [`RelationPath::sql`].
    ///
    /// # Errors
    /// When nothing has joined it so far.
    pub fn table_for_join<P: RelationPath<Root = M>>(
        &self,
        db: &Db,
        relation: impl FnOnce(M::Handle<M>) -> P,
    ) -> Result<String> {
        let relation = relation(root::<M>());
        let table = render::table_for_join(db.dialect(), &self.select, relation.path());
        table.ok_or_else(|| {
            let names = relation.path().names();
            Error::message(format!(
                "`{}` is not joined in this query: add `.joins(|record| record.{}())` before",
                names.join("."),
                names.join("()."),
            ))
        })
    }

    /// Joins a relationship and drops the records that have nothing there. A relationship to many repeats a record
    /// for each partner; see [`distinct`](Self::distinct) and [`RelationPath::any`].
    pub fn joins<P: RelationPath<Root = M>>(
        self,
        relation: impl FnOnce(M::Handle<M>) -> P,
    ) -> Self {
        self.join(relation, JoinKind::Inner)
    }

    /// Joins a relationship and keeps the records that have nothing there.
    pub fn left_joins<P: RelationPath<Root = M>>(
        self,
        relation: impl FnOnce(M::Handle<M>) -> P,
    ) -> Self {
        self.join(relation, JoinKind::Left)
    }

    fn join<P: RelationPath<Root = M>>(
        mut self,
        relation: impl FnOnce(M::Handle<M>) -> P,
        kind: JoinKind,
    ) -> Self {
        self.select.joins.push(Join {
            path: relation(root::<M>()).path().clone(),
            kind,
        });
        self
    }

    /// Orders by one more term, or by several of a tuple.
    pub fn order<O: IntoOrder<M>>(mut self, order: impl FnOnce(M::Handle<M>) -> O) -> Self {
        order(root::<M>()).terms(&mut self.select.order);
        self
    }

    /// Forgets the order so far and orders by this.
    pub fn reorder<O: IntoOrder<M>>(mut self, order: impl FnOnce(M::Handle<M>) -> O) -> Self {
        self.select.order.clear();
        self.order(order)
    }

    /// Forgets the order.
    pub fn unordered(mut self) -> Self {
        self.select.order.clear();
        self
    }

    /// Turns the order around; without one, from the last key to the first.
    pub fn reverse_order(mut self) -> Self {
        self.select.reverse();
        self
    }

    /// At most so many records.
    pub fn limit(mut self, limit: u64) -> Self {
        self.select.limit = Some(limit);
        self
    }

    /// Passes over so many records.
    pub fn offset(mut self, offset: u64) -> Self {
        self.select.offset = Some(offset);
        self
    }

    /// The page of this number, counted from one; see [`per_page`](Self::per_page). It replaces limit and offset.
    pub fn page(mut self, number: u64) -> Self {
        self.select.page = Some(number.max(1));
        self
    }

    /// How many records a page holds (30 unless said otherwise); before or after `page`.
    pub fn per_page(mut self, records: u64) -> Self {
        self.select.per_page = Some(records.max(1));
        self
    }

    /// Each row once.
    pub fn distinct(mut self) -> Self {
        self.select.distinct = true;
        self
    }

    /// One row for each value of a column, or for each combination of several in a tuple; made for
    /// [`pluck`](Self::pluck), as in `Task::group(|t| t.project_id()).pluck(|t| (t.project_id(), t.id().count()))`.
    pub fn group<S: Selection<M>>(mut self, columns: impl FnOnce(M::Handle<M>) -> S) -> Self {
        columns(root::<M>()).expressions(&mut self.select.groups);
        self
    }

    /// Keeps the groups that meet a condition on their aggregates.
    pub fn having(mut self, condition: impl FnOnce(M::Handle<M>) -> Condition<M>) -> Self {
        self.select
            .having
            .push(condition(root::<M>()).into_expression());
        self
    }

    /// Loads a relationship with the records, and those on the way to it: one query for each level.
    pub fn preload<P: PreloadPath<Root = M>>(
        mut self,
        relation: impl FnOnce(M::Handle<M>) -> P,
    ) -> Self {
        let path = relation(root::<M>());
        preload::include(&mut self.includes, path.preload_path());
        self
    }

    /// Only some columns instead of records.
    pub fn pluck<S: Selection<M>>(
        mut self,
        columns: impl FnOnce(M::Handle<M>) -> S,
    ) -> Pluck<M, S> {
        self.select.items.clear();
        columns(root::<M>()).expressions(&mut self.select.items);
        Pluck::new(self.select)
    }

    /// Only the columns that a struct names, as that struct; see [`Projection`].
    pub fn select<P: Projection<Model = M>>(self) -> Pluck<M, Projected<P>> {
        self.pluck(|_| Projected::new())
    }

    /// The query as a function makes it: a named scope, in the middle of a chain.
    ///
    /// ```no_run
    /// use velocious::{prelude::*, query::Query};
    ///
    /// #[derive(Model)]
    /// pub struct Task {
    ///     pub id: i64,
    ///     pub done: bool,
    /// }
    ///
    /// fn open(tasks: Query<Task>) -> Query<Task> {
    ///     tasks.filter(|task| task.done().eq(false))
    /// }
    ///
    /// # async fn example(db: &Db) -> Result<()> {
    /// let tasks = Task::limit(10).scope(open).load(db).await?;
    /// # Ok(()) }
    /// ```
    pub fn scope(self, scope: impl FnOnce(Self) -> Self) -> Self {
        scope(self)
    }

    /// The SQL this query runs on a dialect, with `?` for each value.
    pub fn to_sql(&self, dialect: Dialect) -> String {
        self.statement(dialect).sql()
    }

    /// The query with a condition more that has no type yet.
    pub(crate) fn and_condition(mut self, condition: Expression) -> Self {
        self.select.conditions.push(condition);
        self
    }

    fn statement(&self, dialect: Dialect) -> Statement {
        render::select(dialect, self.select.clone())
    }
}

/// Running a query.
impl<M: Model> Query<M> {
    /// Every record.
    ///
    /// # Errors
    /// When the database fails, or holds something that the struct cannot.
    pub async fn load(self, db: &Db) -> Result<Vec<M>> {
        let statement = render::select(db.dialect(), self.select);
        let sink = db
            .fetch(statement, Rows::<M>::new(|row| M::from_row(row, 0)))
            .await?;
        let mut records = Rows::collected(sink);
        preload::preload_tree(db, &mut records, &self.includes).await?;
        Ok(records)
    }

    /// The first record in the query's order, or by key if it has none.
    pub async fn first(mut self, db: &Db) -> Result<Option<M>> {
        self.select.order_by_default();
        self.take(db).await
    }

    /// The last record in the query's order, or by key if it has none. With a limit or an offset, it is the last one
    /// within these, for which all of them are read.
    pub async fn last(mut self, db: &Db) -> Result<Option<M>> {
        if self.select.window() == (None, None) {
            self.select.reverse();
            return self.take(db).await;
        }
        self.select.order_by_default();
        let includes = std::mem::take(&mut self.includes);
        let mut records = self.load(db).await?;
        records.drain(..records.len().saturating_sub(1));
        preload::preload_tree(db, &mut records, &includes).await?;
        Ok(records.pop())
    }

    /// Any one record.
    async fn take(mut self, db: &Db) -> Result<Option<M>> {
        self.select.limit_to_one();
        Ok(self.load(db).await?.pop())
    }

    /// The record with this key.
    ///
    /// # Errors
    /// [`NotFound`] when there is none among the query's records.
    pub async fn find(mut self, db: &Db, key: M::Key) -> Result<M> {
        let value = key.to_value();
        let wanted = format!("{} = {value}", M::definition().key_name());
        let column = Expression::Column(super::Path::root(), M::definition().key_name());
        self.select.conditions.push(Expression::Binary(
            Box::new(column),
            " = ",
            Box::new(Expression::Value(value)),
        ));
        self.take(db)
            .await?
            .ok_or_else(|| Error::from(NotFound::new(M::definition().model, wanted)))
    }

    /// A record that meets a condition, or `None`.
    pub fn find_by(
        self,
        db: &Db,
        condition: impl FnOnce(M::Handle<M>) -> Condition<M>,
    ) -> impl Future<Output = Result<Option<M>>> + Send {
        self.filter(condition).first(db)
    }

    /// A record that meets a condition.
    ///
    /// # Errors
    /// [`NotFound`] when there is none.
    pub fn find_by_or_fail(
        self,
        db: &Db,
        condition: impl FnOnce(M::Handle<M>) -> Condition<M>,
    ) -> impl Future<Output = Result<M>> + Send {
        self.filter(condition).one(db)
    }

    /// The first record.
    ///
    /// # Errors
    /// [`NotFound`] when there is none.
    pub async fn one(self, db: &Db) -> Result<M> {
        self.first(db)
            .await?
            .ok_or_else(|| Error::from(NotFound::new(M::definition().model, "")))
    }

    /// The keys of the records.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ids(mut self, db: &Db) -> Result<Vec<M::Key>> {
        let definition = M::definition();
        // PostgreSQL orders distinct rows only by what is selected.
        let read: fn(&dyn RowRead) -> _ = match self.select.distinct {
            true => |row| row.get(M::definition().primary_key),
            false => |row| row.get(0),
        };
        if !self.select.distinct {
            self.select.items = vec![Expression::own(definition.key_name())];
        }
        let statement = render::select(db.dialect(), self.select);
        let sink = db.fetch(statement, Rows::<M::Key>::new(read)).await?;
        Ok(Rows::<M::Key>::collected(sink))
    }

    /// How many records there are; of a page or with a limit, at most so many.
    pub async fn count(self, db: &Db) -> Result<u64> {
        let statement = render::count(db.dialect(), self.select);
        let sink = db
            .fetch(statement, Rows::<i64>::new(|row| row.get(0)))
            .await?;
        Ok(Rows::<i64>::collected(sink)
            .pop()
            .and_then(|count| u64::try_from(count).ok())
            .unwrap_or(0))
    }

    /// The sum of a column; zero without records. Of a page, with a limit or with `distinct`, it is that of just these
    /// records, as are the mean, the smallest and the greatest.
    pub fn sum<T: ColumnType>(
        self,
        db: &Db,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
    ) -> impl Future<Output = Result<<T::Base as Number>::Sum>> + Send
    where
        T::Base: Number,
    {
        self.aggregate(db, column(root::<M>()), Column::sum)
    }

    /// The mean of a column; `None` without records.
    pub fn average<T: ColumnType>(
        self,
        db: &Db,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
    ) -> impl Future<Output = Result<Option<f64>>> + Send
    where
        T::Base: Number,
    {
        self.aggregate(db, column(root::<M>()), Column::avg)
    }

    /// The smallest value of a column; `None` without records.
    pub fn minimum<T: ColumnType>(
        self,
        db: &Db,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
    ) -> impl Future<Output = Result<T::Nullable>> + Send {
        self.aggregate(db, column(root::<M>()), Column::min)
    }

    /// The greatest value of a column; `None` without records.
    pub fn maximum<T: ColumnType>(
        self,
        db: &Db,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
    ) -> impl Future<Output = Result<T::Nullable>> + Send {
        self.aggregate(db, column(root::<M>()), Column::max)
    }

    /// One value of all records: without groups, there is always exactly one row. Of a page, with a limit, or of
    /// distinct records, it is the value of just these.
    fn aggregate<T: ColumnType, A: ColumnType>(
        mut self,
        db: &Db,
        column: Column<M, T>,
        fold: fn(Column<M, T>) -> Column<M, A, Computed>,
    ) -> impl Future<Output = Result<A>> + Send {
        self.select.groups.clear();
        let dialect = db.dialect();
        let statement = match self.select.window() == (None, None) && !self.select.distinct {
            true => {
                self.select.forget_order();
                self.select.items = vec![fold(column).into_expression()];
                render::select(dialect, self.select)
            }
            false => {
                let of_rows = fold(Column::of(render::folded_value(T::KIND)));
                let value = column.into_expression();
                render::fold(dialect, self.select, value, of_rows.into_expression())
            }
        };
        async move {
            let sink = db
                .fetch(statement, Rows::<A>::new(|row| row.get(0)))
                .await?;
            Rows::<A>::collected(sink)
                .pop()
                .ok_or_else(|| Error::message("an aggregate gave back no row"))
        }
    }

    /// Whether there is any record.
    pub async fn exists(mut self, db: &Db) -> Result<bool> {
        self.select.limit_to_one();
        Ok(self.count(db).await? > 0)
    }

    /// One page of records with the number of all: two queries, one where the first page is not full.
    pub async fn paginate(self, db: &Db, number: u64) -> Result<Page<M>> {
        let per_page = self.select.per_page.unwrap_or(DEFAULT_PER_PAGE);
        let number = number.max(1);
        let mut all = self.clone();
        (all.select.page, all.select.per_page) = (None, None);
        let records = self.page(number).per_page(per_page).load(db).await?;
        let seen = u64::try_from(records.len()).unwrap_or(u64::MAX);
        let total = match number {
            1 if seen < per_page => seen,
            _ => all.count(db).await?,
        };
        Ok(Page {
            records,
            number,
            per_page,
            total,
        })
    }

    /// Sets columns of every record of the query in one statement, past validations and timestamps; gives back how
    /// many rows there were.
    pub fn update_all<const N: usize>(
        self,
        db: &Db,
        assignments: impl FnOnce(M::Handle<M>) -> [Assignment<M>; N],
    ) -> impl Future<Output = Result<usize>> + Send
    where
        M: Record,
    {
        let changes = assignments(root::<M>())
            .into_iter()
            .map(Assignment::into_parts);
        let changes: Result<Vec<_>> = changes.collect();
        async move {
            let changes = changes?;
            match changes.is_empty() {
                true => Ok(0),
                false => {
                    db.execute(render::update_all(db.dialect(), changes, self.select))
                        .await
                }
            }
        }
    }

    /// Deletes every record of the query in one statement; gives back how many there were.
    pub async fn delete_all(self, db: &Db) -> Result<usize>
    where
        M: Record,
    {
        db.execute(render::delete_all(db.dialect(), self.select))
            .await
    }

    /// Loads the records and destroys them one by one, in one transaction; gives back how many there were.
    pub async fn destroy_all(self, db: &Db) -> Result<usize>
    where
        M: Record,
    {
        db.transaction(async move |tx| {
            let mut records = self.load(&tx).await?;
            for record in &mut records {
                record.destroy(&tx).await?;
            }
            Ok(records.len())
        })
        .await
    }
}
