//! Inserting many rows at once: [`InsertMultiple`], and row by row where some are refused: [`InsertIndividually`].
//!
//! * [`ColumnList`], [`InsertRow`], [`IntoColumn`]: what fits into which column is for the compiler to say.
//! * [`InsertResults`]: which rows were taken.

use std::fmt;
use std::marker::PhantomData;

use chrono::Utc;

use super::Record;
use super::definition::ModelDefinition;
use super::persistence::assigned_key;
use crate::database::{DatabaseError, DatabaseErrorKind, Db};
use crate::query::insert::{self, Conflict, InsertRows};
use crate::query::{Column, root};
use crate::value::{ColumnType, Value, ValueKind, new_key};
use crate::{BoxFuture, Error, Result};

/// The most values of one statement: beyond, the database only takes longer to understand it.
const ENOUGH_BINDS: usize = 4_000;

/// Rows to insert, past validations and callbacks; made by [`insert_multiple`](super::Model::insert_multiple) and run by
/// `.await`.
///
/// The rows go in a few large statements, and all of them or none. Awaited, it gives back how many there were.
#[must_use = "nothing is inserted until it is awaited"]
pub struct InsertMultiple<'a, M, V> {
    db: &'a Db,
    batch: Result<Batch>,
    rows: Vec<V>,
    model: PhantomData<fn() -> M>,
}

impl<'a, M: Record, V> InsertMultiple<'a, M, V> {
    pub(super) fn new<C: ColumnList<M>>(
        db: &'a Db,
        columns: impl FnOnce(M::Handle<M>) -> C,
        rows: impl IntoIterator<Item = V>,
    ) -> Self
    where
        V: InsertRow<M, C>,
    {
        let rows: Vec<V> = rows.into_iter().collect();
        let values = rows.iter().map(InsertRow::values).collect();
        InsertMultiple {
            db,
            batch: Batch::new(M::definition(), columns(root::<M>()).names(), values),
            rows,
            model: PhantomData,
        }
    }

    pub(super) fn into_batch(self) -> Result<Batch> {
        self.batch
    }

    /// Tries the rows of a statement that the database refuses one by one, so that only those are left out that are
    /// at fault.
    pub fn retry_individually(self) -> InsertIndividually<'a, M, V> {
        InsertIndividually(self)
    }
}

impl<'a, M, V: 'a> IntoFuture for InsertMultiple<'a, M, V> {
    type Output = Result<usize>;
    type IntoFuture = BoxFuture<'a, Result<usize>>;

    fn into_future(self) -> Self::IntoFuture {
        let InsertMultiple { db, batch, .. } = self;
        Box::pin(async move { batch?.insert(db, None).await })
    }
}

/// The same as [`InsertMultiple`], and the rows that are refused are left out; made by
/// [`retry_individually`](InsertMultiple::retry_individually). Awaited, it gives back [`InsertResults`].
#[must_use = "nothing is inserted until it is awaited"]
pub struct InsertIndividually<'a, M, V>(InsertMultiple<'a, M, V>);

impl<'a, M, V: Send + 'a> IntoFuture for InsertIndividually<'a, M, V> {
    type Output = Result<InsertResults<V>>;
    type IntoFuture = BoxFuture<'a, Result<InsertResults<V>>>;

    fn into_future(self) -> Self::IntoFuture {
        let InsertMultiple {
            db, batch, rows, ..
        } = self.0;
        Box::pin(async move {
            let refused = batch?.insert_individually(db).await?;
            Ok(InsertResults::new(rows, refused))
        })
    }
}

/// Which rows were inserted and which were not.
#[derive(Debug)]
#[must_use = "rows may have been refused"]
#[non_exhaustive]
pub struct InsertResults<V> {
    /// The rows that were inserted, in their order.
    pub succeeded: Vec<V>,
    /// The rows that were not, in their order.
    pub failed: Vec<FailedRow<V>>,
}

/// A row that was not inserted.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedRow<V> {
    /// Which of the given rows it is, counted from zero.
    pub index: usize,
    /// The row.
    pub row: V,
    /// Why not.
    pub error: Error,
}

impl<V> InsertResults<V> {
    fn new(rows: Vec<V>, refused: Vec<(usize, Error)>) -> Self {
        let mut refused = refused.into_iter().peekable();
        let (mut succeeded, mut failed) = (Vec::new(), Vec::new());
        for (index, row) in rows.into_iter().enumerate() {
            match refused.next_if(|(at, _)| *at == index) {
                Some((_, error)) => failed.push(FailedRow { index, row, error }),
                None => succeeded.push(row),
            }
        }
        InsertResults { succeeded, failed }
    }

    /// How many rows were inserted, if none was refused.
    ///
    /// # Errors
    /// The index and the reason of each row that was refused.
    pub fn all(self) -> Result<usize> {
        if self.failed.is_empty() {
            return Ok(self.succeeded.len());
        }
        Err(Error::message(self.to_string()))
    }
}

impl<V> fmt::Display for InsertResults<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (inserted, refused) = (self.succeeded.len(), self.failed.len());
        let all = inserted + refused;
        write!(f, "{inserted} of {all} rows were inserted")?;
        for (at, FailedRow { index, error, .. }) in self.failed.iter().enumerate() {
            write!(
                f,
                "{} row {index}: {error}",
                if at == 0 { ";" } else { "," }
            )?;
        }
        Ok(())
    }
}

/// Rows for a model's table, as values.
pub(super) struct Batch {
    definition: &'static ModelDefinition,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Value>>,
}

impl Batch {
    /// With the timestamps that nobody has given.
    pub(super) fn new(
        definition: &'static ModelDefinition,
        columns: Result<Vec<&'static str>>,
        mut rows: Vec<Vec<Value>>,
    ) -> Result<Self> {
        let mut columns = columns?;
        give_keys(definition, &mut columns, &mut rows);
        let now = Utc::now().to_value();
        for column in [definition.created_at, definition.updated_at] {
            let Some(name) = column.map(|column| definition.column_name(column)) else {
                continue;
            };
            if !columns.contains(&name) {
                columns.push(name);
                rows.iter_mut().for_each(|row| row.push(now.clone()));
            }
        }
        Ok(Batch {
            definition,
            columns,
            rows,
        })
    }

    /// The column that only an INSERT sets.
    pub(super) fn created_at(&self) -> Option<&'static str> {
        let column = self.definition.created_at?;
        Some(self.definition.column_name(column))
    }

    /// The primary key where rows are given one before they are inserted: it is that of a new row only.
    pub(super) fn given_key(&self) -> Option<&'static str> {
        let key = &self.definition.columns[self.definition.primary_key];
        (key.kind == ValueKind::Uuid).then_some(key.name)
    }

    pub(super) fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    pub(super) fn rows(&self) -> &[Vec<Value>] {
        &self.rows
    }

    pub(super) fn rows_mut(&mut self) -> &mut Vec<Vec<Value>> {
        &mut self.rows
    }

    /// Inserts every row or none; gives back how many there are.
    pub(super) async fn insert(&self, db: &Db, conflict: Option<&Conflict>) -> Result<usize> {
        let mut chunks = self.chunks(db);
        match (chunks.next(), chunks.next()) {
            (None, _) => {}
            (Some(only), None) => self.insert_rows(db, only, conflict).await?,
            _ => {
                let work = async |tx: Db| {
                    for rows in self.chunks(db) {
                        self.insert_rows(&tx, rows, conflict).await?;
                    }
                    Ok(())
                };
                db.transaction(work).await?;
            }
        }
        Ok(self.rows.len())
    }

    /// Inserts what can be inserted; gives back the position and the error of each row that cannot, ascending.
    async fn insert_individually(&self, db: &Db) -> Result<Vec<(usize, Error)>> {
        if self.rows.is_empty() {
            return Ok(Vec::new());
        }
        let work = async |tx: Db| {
            let (mut refused, mut before) = (Vec::new(), 0);
            for rows in self.chunks(db) {
                if self.attempt(&tx, rows).await?.is_some() {
                    for (at, row) in rows.chunks(1).enumerate() {
                        let error = self.attempt(&tx, row).await?;
                        refused.extend(error.map(|error| (before + at, error)));
                    }
                }
                before += rows.len();
            }
            Ok(refused)
        };
        db.transaction(work).await
    }

    /// Inserts rows in a transaction within the transaction: what the database refuses about them is given back and
    /// spoils nothing.
    ///
    /// # Errors
    /// What other rows would fail with too.
    async fn attempt(&self, tx: &Db, rows: &[Vec<Value>]) -> Result<Option<Error>> {
        let done = tx
            .transaction(async |inner| self.insert_rows(&inner, rows, None).await)
            .await;
        match done {
            Ok(()) => Ok(None),
            Err(error) if is_about_the_row(&error) => Ok(Some(error)),
            Err(error) => Err(error),
        }
    }

    async fn insert_rows(
        &self,
        db: &Db,
        rows: &[Vec<Value>],
        conflict: Option<&Conflict>,
    ) -> Result<()> {
        let statement = insert::rows(
            db.dialect(),
            &InsertRows {
                table: self.definition.table,
                columns: &self.columns,
                rows,
                conflict,
                returning: &[],
            },
        );
        db.execute(statement).await.map(|_| ())
    }

    fn chunks(&self, db: &Db) -> std::slice::Chunks<'_, Vec<Value>> {
        let binds = ENOUGH_BINDS.min(insert::most_binds(db.dialect()));
        self.rows.chunks((binds / self.columns.len().max(1)).max(1))
    }
}

/// Gives each row a key that has none, where the key is a uuid.
fn give_keys(
    definition: &ModelDefinition,
    columns: &mut Vec<&'static str>,
    rows: &mut [Vec<Value>],
) {
    let key = &definition.columns[definition.primary_key];
    if key.kind != ValueKind::Uuid || new_key().is_none() {
        return;
    }
    let at = columns.iter().position(|name| *name == key.name);
    if at.is_none() {
        columns.push(key.name);
    }
    for row in rows {
        match at.and_then(|at| row.get_mut(at)) {
            Some(value) => *value = assigned_key(value).unwrap_or_else(|| value.clone()),
            None => row.extend(new_key().map(Value::Uuid)),
        }
    }
}

fn is_about_the_row(error: &Error) -> bool {
    use DatabaseErrorKind::{
        CheckViolation, ForeignKeyViolation, NotNullViolation, Other, UniqueViolation,
    };
    error.downcast_ref::<DatabaseError>().is_some_and(|error| {
        matches!(
            error.kind(),
            UniqueViolation | ForeignKeyViolation | NotNullViolation | CheckViolation | Other
        )
    })
}

/// Columns of a model's own table: one, or a tuple of up to twelve.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column or a tuple of columns",
    note = "name columns of the model here, as in `|task| (task.project_id(), task.name())`"
)]
pub trait ColumnList<M> {
    /// The columns' names.
    ///
    /// # Errors
    /// When a column is reached along a relationship.
    #[doc(hidden)]
    fn names(self) -> Result<Vec<&'static str>>;
}

impl<M, T: ColumnType> ColumnList<M> for Column<M, T> {
    fn names(self) -> Result<Vec<&'static str>> {
        Ok(vec![self.own_name()?])
    }
}

/// A row whose values fit the columns `C`, one by one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row for these columns",
    label = "not a row for these columns",
    note = "a row is a tuple with one value for each column, in their order and of their types"
)]
pub trait InsertRow<M, C> {
    /// The values, in the order of the columns.
    #[doc(hidden)]
    fn values(&self) -> Vec<Value>;
}

impl<M, T: ColumnType, V: IntoColumn<T>> InsertRow<M, Column<M, T>> for V {
    fn values(&self) -> Vec<Value> {
        vec![self.column_value()]
    }
}

/// A value that goes into a column of type `T`: a `T`, or what reads as one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not go into a column of type `{T}`",
    label = "this is not a `{T}`",
    note = "give a value of type `{T}`"
)]
pub trait IntoColumn<T> {
    /// The value to bind.
    #[doc(hidden)]
    fn column_value(&self) -> Value;
}

impl<T: ColumnType> IntoColumn<T> for T {
    fn column_value(&self) -> Value {
        self.to_value()
    }
}

impl<T: ColumnType> IntoColumn<Option<T>> for T {
    fn column_value(&self) -> Value {
        self.to_value()
    }
}

impl IntoColumn<String> for &str {
    fn column_value(&self) -> Value {
        Value::Text((*self).to_owned())
    }
}

impl IntoColumn<Option<String>> for &str {
    fn column_value(&self) -> Value {
        Value::Text((*self).to_owned())
    }
}

impl IntoColumn<Option<String>> for Option<&str> {
    fn column_value(&self) -> Value {
        self.map_or(Value::Null(ValueKind::Text), |text| {
            IntoColumn::<String>::column_value(&text)
        })
    }
}

macro_rules! tuple {
    ($($column:ident $value:ident $field:tt),*) => {
        impl<M, $($column: ColumnType),*> ColumnList<M> for ($(Column<M, $column>,)*) {
            fn names(self) -> Result<Vec<&'static str>> {
                Ok(vec![$(self.$field.own_name()?),*])
            }
        }

        impl<M, $($column: ColumnType, $value: IntoColumn<$column>),*> InsertRow<M, ($(Column<M, $column>,)*)>
            for ($($value,)*)
        {
            fn values(&self) -> Vec<Value> {
                vec![$(self.$field.column_value()),*]
            }
        }
    };
}

tuple!(A1 V1 0);
tuple!(A1 V1 0, A2 V2 1);
tuple!(A1 V1 0, A2 V2 1, A3 V3 2);
tuple!(A1 V1 0, A2 V2 1, A3 V3 2, A4 V4 3);
tuple!(A1 V1 0, A2 V2 1, A3 V3 2, A4 V4 3, A5 V5 4);
tuple!(A1 V1 0, A2 V2 1, A3 V3 2, A4 V4 3, A5 V5 4, A6 V6 5);
tuple!(A1 V1 0, A2 V2 1, A3 V3 2, A4 V4 3, A5 V5 4, A6 V6 5, A7 V7 6);
tuple!(A1 V1 0, A2 V2 1, A3 V3 2, A4 V4 3, A5 V5 4, A6 V6 5, A7 V7 6, A8 V8 7);
tuple!(A1 V1 0, A2 V2 1, A3 V3 2, A4 V4 3, A5 V5 4, A6 V6 5, A7 V7 6, A8 V8 7, A9 V9 8);
tuple!(A1 V1 0, A2 V2 1, A3 V3 2, A4 V4 3, A5 V5 4, A6 V6 5, A7 V7 6, A8 V8 7, A9 V9 8, A10 V10 9);
tuple!(A1 V1 0, A2 V2 1, A3 V3 2, A4 V4 3, A5 V5 4, A6 V6 5, A7 V7 6, A8 V8 7, A9 V9 8, A10 V10 9, A11 V11 10);
tuple!(A1 V1 0, A2 V2 1, A3 V3 2, A4 V4 3, A5 V5 4, A6 V6 5, A7 V7 6, A8 V8 7, A9 V9 8, A10 V10 9, A11 V11 10, A12 V12 11);
