//! INSERT, UPDATE and DELETE of one record, written once for all models.

use std::any::Any;

use chrono::{DateTime, Utc};

use super::definition::ModelDefinition;
use super::erased::{AnyRecord, values};
use super::{effect, graph, validation};
use crate::database::{DatabaseError, Db, Inserted, RowRead, RowSink};
use crate::error::{Invalid, NotFound, StaleRecord};
use crate::query::render;
use crate::value::{ColumnType, Value, new_key};
use crate::{BoxError, Error, Result};

/// Writes a valid record: INSERT when it is new, else UPDATE of what changed; `now` goes into its times.
pub(super) async fn write(record: &mut dyn AnyRecord, db: &Db, now: DateTime<Utc>) -> Result<()> {
    let written = match record.state().is_new() {
        true => insert(record, db, now).await,
        false => update(record, db, now).await,
    };
    let Err(error) = written else {
        return Ok(());
    };
    let refused = match error.downcast_ref::<DatabaseError>() {
        // Where the transaction is spoilt, nothing can be looked up any more.
        Some(error) => validation::refusal(record, error, db).await.unwrap_or(None),
        None => None,
    };
    Err(match refused {
        Some(errors) => {
            record.state_mut().set_errors(errors.clone());
            Invalid::new(record.definition().model, errors).into()
        }
        None => error,
    })
}

/// The columns that differ from the row, with their values.
pub(super) fn changed(record: &dyn AnyRecord) -> Vec<(usize, Value)> {
    let stored = record.state().columns();
    let values = values(record).into_iter().enumerate();
    values
        .filter(|(at, value)| stored.get(*at) != Some(value))
        .collect()
}

/// The key under which the record's row is stored.
pub(super) fn stored_key(record: &dyn AnyRecord) -> Result<Value> {
    let definition = record.definition();
    let key = record.state().columns().get(definition.primary_key);
    key.cloned()
        .ok_or_else(|| NotFound::new(definition.model, "no row: it has not been saved").into())
}

async fn insert(record: &mut dyn AnyRecord, db: &Db, now: DateTime<Utc>) -> Result<()> {
    let definition = record.definition();
    for column in [definition.created_at, definition.updated_at]
        .into_iter()
        .flatten()
    {
        if is_unset(&record.value(column)) {
            set(record, column, now)?;
        }
    }
    if let Some(key) = assigned_key(&record.value(definition.primary_key)) {
        set_value(record, definition.primary_key, key)?;
    }
    // NULL and a key of zero are left to the database, which may have a default.
    let is_left = |at: usize, value: &Value| match value {
        Value::BigInt(0) | Value::Integer(0) | Value::SmallInt(0) | Value::Uuid(NO_UUID) => {
            at == definition.primary_key
        }
        value => value.is_null(),
    };
    let row = values(record)
        .into_iter()
        .enumerate()
        .filter(|(at, value)| !is_left(*at, value) && !record.state().is_left(*at, value));
    let row = row.collect();
    let inserted = render::insert(db.dialect(), db.has_returning(), definition, row);
    let stored = returned(db, inserted, definition).await?;
    take_stored(record, stored)
}

/// The uuid of nothing.
const NO_UUID: [u8; 16] = [0; 16];

/// The key that a row gets which has none yet, where it is not for the database to give it one.
pub(super) fn assigned_key(key: &Value) -> Option<Value> {
    match key {
        Value::Uuid(NO_UUID) => new_key().map(Value::Uuid),
        _ => None,
    }
}

/// Makes a record what its row holds.
pub(super) fn take_stored(record: &mut dyn AnyRecord, stored: Vec<Value>) -> Result<()> {
    for (column, value) in stored.iter().enumerate() {
        set_value(record, column, value.clone())?;
    }
    record.state_mut().written(stored);
    graph::own_slots(record);
    Ok(())
}

async fn update(record: &mut dyn AnyRecord, db: &Db, now: DateTime<Utc>) -> Result<()> {
    let definition = record.definition();
    let mut changes = changed(record);
    if changes.is_empty() {
        record.state_mut().unwritten();
        return Ok(());
    }
    if let Some(column) = definition.updated_at
        && !changes.iter().any(|(at, _)| *at == column)
    {
        set(record, column, now)?;
        changes.push((column, record.value(column)));
    }
    let key = stored_key(record)?;
    let version = version(record);
    let next = version
        .as_ref()
        .map(|(column, version)| (*column, following(version)));
    if let Some(next) = &next {
        changes.retain(|(column, _)| *column != next.0);
        changes.push(next.clone());
    }
    let is_locked = version.is_some();
    let statement = render::update(db.dialect(), definition, changes, (key.clone(), version));
    if db.execute(statement).await? == 0 {
        return Err(row_is_not_there(definition, &key, is_locked));
    }
    if let Some((column, next)) = next {
        set_value(record, column, next)?;
    }
    let stored = values(record);
    record.state_mut().written(stored);
    Ok(())
}

/// Writes columns of a record's row as they are given.
pub(super) async fn update_columns(
    record: &mut dyn AnyRecord,
    db: &Db,
    assignments: Result<Vec<(&'static str, Value)>>,
) -> Result<()> {
    let definition = record.definition();
    let changes: Vec<(usize, Value)> = assignments?
        .into_iter()
        .filter_map(|(name, value)| Some((definition.column(name)?, value)))
        .collect();
    if changes.is_empty() {
        return Ok(());
    }
    let key = stored_key(record)?;
    let statement = render::update(
        db.dialect(),
        definition,
        changes.clone(),
        (key.clone(), None),
    );
    if db.execute(statement).await? == 0 {
        return Err(row_is_not_there(definition, &key, false));
    }
    for (column, value) in changes {
        set_value(record, column, value.clone())?;
        record.state_mut().set_stored(column, value);
    }
    Ok(())
}

/// Adds a number to a column of a record's row.
pub(super) async fn increment(
    record: &mut dyn AnyRecord,
    db: &Db,
    name: &'static str,
    by: i64,
) -> Result<()> {
    let definition = record.definition();
    let key = stored_key(record)?;
    let row = effect::row_of(definition, key.clone());
    let statement = render::increment(db.dialect(), name, by, row);
    if db.execute(statement).await? == 0 {
        return Err(row_is_not_there(definition, &key, false));
    }
    if let Some(column) = definition.column(name) {
        let stored = record.state().columns().get(column);
        let stored = stored.map(|stored| effect::added(stored, by));
        let value = effect::added(&record.value(column), by);
        set_value(record, column, value)?;
        if let Some(stored) = stored {
            record.state_mut().set_stored(column, stored);
        }
    }
    Ok(())
}

/// What the last save has changed: name, the value before it, the value after it.
pub(super) fn saved_changes(record: &dyn AnyRecord) -> Vec<(&'static str, Value, Value)> {
    let Some(before) = record.state().before_save() else {
        return Vec::new();
    };
    let columns = record.definition().columns.iter();
    let values = columns.zip(record.state().columns()).enumerate();
    let changes = values.map(|(at, (column, now))| {
        let before = before.get(at).cloned();
        let before = before.unwrap_or(Value::Null(column.kind));
        (column.name, before, now.clone())
    });
    changes.filter(|(_, before, now)| before != now).collect()
}

/// The column that counts how often a row was written, and what it held when the record was read.
fn version(record: &dyn AnyRecord) -> Option<(usize, Value)> {
    let column = record.definition().lock_version()?;
    Some((column, record.value(column)))
}

fn following(version: &Value) -> Value {
    match version {
        Value::Integer(version) => Value::Integer(version.wrapping_add(1)),
        Value::BigInt(version) => Value::BigInt(version.wrapping_add(1)),
        // The derive asks the compiler for one of these.
        other => other.clone(),
    }
}

/// No row has the key of a record, or none that is as the record has read it.
pub(super) fn row_is_not_there(
    definition: &ModelDefinition,
    key: &Value,
    is_locked: bool,
) -> Error {
    let wanted = format!("{} = {key}", definition.key_name());
    match is_locked {
        true => StaleRecord::new(definition.model, wanted).into(),
        false => NotFound::new(definition.model, wanted).into(),
    }
}

pub(super) fn set_value(record: &mut dyn AnyRecord, column: usize, value: Value) -> Result<()> {
    record
        .set_value(column, value)
        .map_err(|error| Error::message(error.to_string()))
}

/// Deletes a record's row.
pub(super) async fn delete(record: &mut dyn AnyRecord, db: &Db) -> Result<()> {
    if record.state().is_persisted() {
        let definition = record.definition();
        let key = stored_key(record)?;
        let version = version(record);
        let is_locked = version.is_some();
        let statement = render::delete(db.dialect(), definition, (key.clone(), version));
        if db.execute(statement).await? == 0 && is_locked {
            return Err(row_is_not_there(definition, &key, is_locked));
        }
    }
    record.state_mut().destroy();
    Ok(())
}

/// Whether nobody has given a time: NULL, or the default of its type.
fn is_unset(value: &Value) -> bool {
    value.is_null()
        || matches!(value, Value::Timestamp(time) if *time == DateTime::UNIX_EPOCH.naive_utc())
}

fn set(record: &mut dyn AnyRecord, column: usize, time: DateTime<Utc>) -> Result<()> {
    set_value(record, column, time.to_value())
}

/// Runs an INSERT that gives back every column of one row.
pub(super) async fn returned(
    db: &Db,
    inserted: Inserted,
    definition: &'static ModelDefinition,
) -> Result<Vec<Value>> {
    let sink = db
        .insert(
            inserted,
            Box::new(RowOfValues {
                definition,
                row: None,
            }),
        )
        .await?;
    let row = sink
        .into_any()
        .downcast::<RowOfValues>()
        .ok()
        .and_then(|sink| sink.row);
    row.ok_or_else(|| {
        Error::message(format!(
            "the database gave back no row for a new {}",
            definition.model
        ))
    })
}

/// Takes the columns of the one row that comes back.
struct RowOfValues {
    definition: &'static ModelDefinition,
    row: Option<Vec<Value>>,
}

impl RowSink for RowOfValues {
    fn row(&mut self, row: &dyn RowRead) -> Result<bool, BoxError> {
        let mut values = Vec::with_capacity(self.definition.columns.len());
        for (at, column) in self.definition.columns.iter().enumerate() {
            row.with_cell(at, &mut |cell| {
                values.push(Value::from_cell(column.kind, cell)?);
                Ok(())
            })?;
        }
        self.row = Some(values);
        Ok(false)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}
