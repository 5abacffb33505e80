//! INSERT that becomes an UPDATE where there is such a row already.

use std::collections::HashSet;

use super::bulk::Batch;
use super::{Record, persistence, translation};
use crate::database::{Db, Inserted};
use crate::query::insert::{self, Conflict, InsertRows};
use crate::query::render;
use crate::value::Value;
use crate::{Error, Result};

/// One row, of the `columns` of a new record; gives back the record as it is stored then.
pub(super) async fn upsert<M: Record>(
    db: &Db,
    mut record: M,
    columns: Vec<(usize, Value)>,
    key: Result<Vec<&'static str>>,
) -> Result<M> {
    let definition = M::definition();
    if !translation::wanted(&record).is_empty() {
        return Err(Error::message(format!(
            "one statement does not write to two tables: save the translations of `{}` after the upsert",
            definition.model
        )));
    }
    #[cfg(feature = "password")]
    if record
        .known_password()
        .is_some_and(|known| known.is_given())
    {
        return Err(Error::message(format!(
            "a password becomes a digest when its record is saved: upsert the digest of a `{}` that `velocious::password::hash` makes",
            definition.model
        )));
    }
    let (columns, values) = columns
        .into_iter()
        .map(|(column, value)| (definition.column_name(column), value))
        .unzip();
    let batch = Batch::new(definition, Ok(columns), vec![values])?;
    let conflict = conflict(&batch, key?)?;
    let returning: Vec<_> = definition
        .columns
        .iter()
        .map(|column| column.name)
        .collect();
    let has_returning = db.has_returning();
    let statement = insert::rows(
        db.dialect(),
        &InsertRows {
            table: definition.table,
            columns: batch.columns(),
            rows: batch.rows(),
            conflict: Some(&conflict),
            returning: if has_returning { &returning } else { &[] },
        },
    );
    let of_row = |name: &&'static str| {
        let at = batch.columns().iter().position(|column| column == name)?;
        Some((*name, batch.rows().first()?.get(at)?.clone()))
    };
    let read_back = (!has_returning).then(|| {
        let key = conflict.key.iter().filter_map(of_row).collect();
        render::read_back(db.dialect(), definition, key)
    });
    let inserted = Inserted {
        statement,
        read_back,
    };
    let stored = persistence::returned(db, inserted, definition).await?;
    persistence::take_stored(&mut record, stored)?;
    Ok(record)
}

/// Many rows in a few statements; gives back how many were written.
pub(super) async fn upsert_all(
    db: &Db,
    batch: Result<Batch>,
    key: Result<Vec<&'static str>>,
) -> Result<usize> {
    let mut batch = batch?;
    let conflict = conflict(&batch, key?)?;
    keep_last(&mut batch, &conflict.key);
    batch.insert(db, Some(&conflict)).await
}

/// What to do about a row that is there already: everything is updated but its keys and when it was created.
fn conflict(batch: &Batch, key: Vec<&'static str>) -> Result<Conflict> {
    if let Some(missing) = key.iter().find(|name| !batch.columns().contains(name)) {
        return Err(Error::message(format!(
            "`{missing}` decides whether a row is there already, so each row needs a value for it: name it among the columns that are written"
        )));
    }
    let kept = [batch.created_at(), batch.given_key()];
    let update = batch
        .columns()
        .iter()
        .filter(|name| !key.contains(name) && !kept.contains(&Some(**name)));
    Ok(Conflict {
        update: update.copied().collect(),
        key,
    })
}

/// Of rows with one key, the last is what remains when they are written one after the other; a statement that writes
/// a row twice is refused by some databases. NULL is never the same as NULL.
fn keep_last(batch: &mut Batch, key: &[&'static str]) {
    let key: Vec<usize> = key
        .iter()
        .filter_map(|name| batch.columns().iter().position(|column| column == name))
        .collect();
    let mut seen = HashSet::new();
    let mut rows = std::mem::take(batch.rows_mut());
    rows.reverse();
    rows.retain(|row| {
        let of_row: Vec<Value> = key.iter().map(|at| row[*at].clone()).collect();
        of_row.iter().any(Value::is_null) || seen.insert(of_row)
    });
    rows.reverse();
    *batch.rows_mut() = rows;
}
