//! Finding a record by its columns, or making it when there is none.

use super::changes::new_with;
use super::{Record, translation};
use crate::database::{DatabaseError, DatabaseErrorKind, Db};
use crate::query::{Expression, Query};
use crate::value::Value;
use crate::{BoxFuture, Error, Result};

/// Finding or making a record.
impl<M: Record> Query<M> {
    /// The first record of the query that has these columns, or a new one with them that is not saved yet; which of
    /// the two, [`is_new_record`](super::Model::is_new_record) tells. A new record has only these columns, not what the
    /// query asks for otherwise.
    ///
    /// # Errors
    /// When `changes` names no column, or the database fails.
    pub fn find_or_initialize_by<'a>(
        self,
        db: &'a Db,
        changes: impl Into<M::Changes>,
    ) -> BoxFuture<'a, Result<M>> {
        let (record, columns) = new_with::<M>(changes.into());
        let wanted = self.having_columns(columns, translation::wanted(&record));
        Box::pin(async move { Ok(wanted?.first(db).await?.unwrap_or(record)) })
    }

    /// The first record of the query that has these columns, or a new one with them, which is given to `prepare` and
    /// saved.
    ///
    /// When somebody else makes the same record in between and a unique index keeps this one out, the other one is
    /// the record that is found.
    ///
    /// # Errors
    /// As for [`save`](super::Model::save) when there is none and the new one cannot be saved; when `changes` names no
    /// column; or when the database fails.
    pub fn find_or_create_by<'a>(
        self,
        db: &'a Db,
        changes: impl Into<M::Changes>,
        prepare: impl FnOnce(&mut M) + Send + 'a,
    ) -> BoxFuture<'a, Result<M>> {
        let (mut record, columns) = new_with::<M>(changes.into());
        let wanted = self.having_columns(columns, translation::wanted(&record));
        Box::pin(async move {
            let wanted = wanted?;
            if let Some(record) = wanted.clone().first(db).await? {
                return Ok(record);
            }
            prepare(&mut record);
            match save_apart(&mut record, db).await {
                Ok(()) => Ok(record),
                Err(error) if is_taken(&error) => winner(wanted, db).await?.ok_or(error),
                Err(error) => Err(error),
            }
        })
    }

    fn having_columns(
        mut self,
        columns: Vec<(usize, Value)>,
        translations: Vec<Expression>,
    ) -> Result<Self> {
        let definition = M::definition();
        if columns.is_empty() && translations.is_empty() {
            return Err(Error::message(format!(
                "a {} is to be found by its columns, but none is given: name at least one in `{}Changes`",
                definition.model, definition.model
            )));
        }
        for (column, value) in columns {
            let column = Expression::own(definition.column_name(column));
            self = self.and_condition(Expression::equal(column, value));
        }
        for condition in translations {
            self = self.and_condition(condition);
        }
        Ok(self)
    }
}

/// Saves so that a refusal does not spoil the transaction around it, if there is one.
async fn save_apart<M: Record>(record: &mut M, db: &Db) -> Result<()> {
    match db.is_in_transaction() {
        true => db.transaction(async |tx| record.save(&tx).await).await,
        false => record.save(db).await,
    }
}

/// Whether it was refused because there is such a record already.
fn is_taken(error: &Error) -> bool {
    let in_messages = error
        .validation_errors()
        .is_some_and(|errors| errors.iter().any(|message| message.kind() == "uniqueness"));
    let by_index = error
        .downcast_ref::<DatabaseError>()
        .is_some_and(|error| error.kind() == DatabaseErrorKind::UniqueViolation);
    in_messages || by_index
}

/// The record that was quicker. A transaction that only sees what was there when it began sees it by locking it; so do
/// the others that were slower, each of which holds a shared lock on it already.
async fn winner<M: Record>(wanted: Query<M>, db: &Db) -> Result<Option<M>> {
    match db.is_in_transaction() {
        true => wanted.lock_shared().first(db).await,
        false => wanted.first(db).await,
    }
}
