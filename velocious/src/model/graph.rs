//! Saving a record together with what was built, set or changed along its relationships.
//!
//! The records that it belongs to come first, because it holds their keys; then itself; then the records that hold its
//! key. All of it is one transaction: one record that cannot be saved leaves no row of any, and the records are what
//! they were before, with the messages of what is wrong.
//!
//! * [`save`]: from validation to commit; [`validate`]: the first half alone.
//! * `write`: one record, its row, and what is around it; [`settle`]: what becomes of the records in the end.

use chrono::Utc;

use super::callbacks::{self, Station};
use super::effect::{self, Effects};
use super::erased::{AnyModel, AnyRecord, values};
use super::relation::tie;
use super::{Errors, RelationDefinition, RelationKind, persistence, translation, validation};
use crate::database::Db;
use crate::error::Invalid;
#[cfg(feature = "password")]
use crate::password;
use crate::query::select::Select;
use crate::query::{Expression, render};
use crate::value::Value;
use crate::{BoxFuture, Error, Result};

/// Validates and writes a record and what is around it.
pub(super) async fn save(record: &mut dyn AnyRecord, db: &Db) -> Result<()> {
    if record.state().is_destroyed() {
        return Err(Error::message(format!(
            "this {} was destroyed and cannot be saved",
            record.definition().model
        )));
    }
    if is_alone(record) {
        if !validate(record, db, &[]).await? {
            return Err(invalid(record));
        }
        hash_password(record).await?;
        return persistence::write(record, db, Utc::now()).await;
    }
    // A transaction need not wait for it.
    #[cfg(feature = "password")]
    if password::is_acceptable(record) {
        hash_password(record).await?;
    }
    let unsettled = Unsettled::new(record);
    let saved = db
        .transaction(async |tx| {
            if !validate(unsettled.record, &tx, &[]).await? {
                return Err(invalid(unsettled.record));
            }
            write(unsettled.record, &tx, &mut Effects::new()).await
        })
        .await;
    unsettled.end(saved.is_ok());
    saved
}

/// Makes the digest of a password that was set.
async fn hash_password(record: &mut dyn AnyRecord) -> Result<()> {
    #[cfg(feature = "password")]
    if let Some(hashed) = password::hash_given(record) {
        hashed.await?;
    }
    #[cfg(not(feature = "password"))]
    let _ = record;
    Ok(())
}

/// A record that is being written. When nobody waits for the end any more, nothing of it stays in the database, so it
/// is then put back to what it was.
pub(super) struct Unsettled<'a> {
    pub(super) record: &'a mut dyn AnyRecord,
    /// Whether it is part of something that was begun before, which has an end of its own.
    is_within: bool,
    is_ended: bool,
}

impl<'a> Unsettled<'a> {
    pub(super) fn new(record: &'a mut dyn AnyRecord) -> Self {
        Unsettled {
            is_within: record.state().is_remembered(),
            is_ended: false,
            record,
        }
    }

    pub(super) fn end(mut self, is_committed: bool) {
        self.is_ended = true;
        if !self.is_within || !is_committed {
            settle(self.record, is_committed);
        }
    }
}

impl Drop for Unsettled<'_> {
    fn drop(&mut self) {
        if !self.is_ended {
            settle(self.record, false);
        }
    }
}

/// Whether saving a record is nothing but writing its row.
fn is_alone(record: &dyn AnyRecord) -> bool {
    let mut relations = record.definition().relations.iter();
    !record.has_callbacks()
        && relations.all(|relation| !relation.has_effects() && !is_touched(record, relation))
}

fn is_touched<R: AnyModel + ?Sized>(record: &R, relation: &RelationDefinition) -> bool {
    let slot = record.slot(relation.index);
    slot.is_some_and(|slot| slot.held().is_touched())
}

/// Whether saving a record would write anything, of it or of what is around it.
pub(super) fn is_changed(record: &dyn AnyRecord) -> bool {
    record.state().is_new()
        || !persistence::changed(record).is_empty()
        || record.definition().relations.iter().any(|relation| {
            let slot = record.slot(relation.index);
            slot.is_some_and(|slot| {
                slot.held().is_touched()
                    && (relation.kind == RelationKind::BelongsTo
                        || slot.has_unsaved()
                        || slot.related().into_iter().any(is_to_be_saved))
            })
        })
}

fn is_to_be_saved(record: &dyn AnyModel) -> bool {
    record.as_record().is_some_and(is_changed)
}

fn invalid(record: &dyn AnyRecord) -> Error {
    Invalid::new(record.definition().model, record.state().errors().clone()).into()
}

/// Runs the validations of a record and of what would be saved with it, and keeps what they say. The columns
/// `given` get their values when it is saved.
pub(super) fn validate<'a>(
    record: &'a mut dyn AnyRecord,
    db: &'a Db,
    given: &'a [&'static str],
) -> BoxFuture<'a, Result<bool>> {
    Box::pin(async move {
        let said = before_validation(record, db).await?;
        if let Some(prepared) = translation::prepare(record, db) {
            prepared.await?;
        }
        let mut given = given.to_vec();
        for relation in touched(record, RelationKind::BelongsTo) {
            if !take_key(record, relation)? {
                given.push(relation.own_key());
            }
        }
        let mut errors = validation::check(record, db).await?;
        #[cfg(feature = "password")]
        password::check(record, &mut errors);
        errors.retain(|attribute, _| !given.contains(&attribute));
        if let Some(refusals) = record.state().refusals() {
            refusals.precede(&mut errors, record.definition().model);
        }
        for relation in record.definition().relations {
            if is_touched(record, relation) {
                validate_related(record, relation, db, &mut errors).await?;
            }
        }
        let errors = match said {
            None => errors,
            Some(mut said) => {
                said.append(errors);
                said
            }
        };
        record.state_mut().set_errors(errors);
        callbacks::run(record, Station::AfterValidation, db).await?;
        Ok(record.state().errors().is_empty())
    })
}

/// Lets a record prepare for its validations; what it has already said then is kept.
async fn before_validation(record: &mut dyn AnyRecord, db: &Db) -> Result<Option<Errors>> {
    if !record.has_callbacks() {
        return Ok(None);
    }
    for relation in touched(record, RelationKind::BelongsTo) {
        take_key(record, relation)?;
    }
    let model = record.definition().model;
    record.state_mut().set_errors(Errors::of(model));
    record.run_callback(Station::BeforeValidation, db).await?;
    Ok(Some(record.state().errors().clone()))
}

async fn validate_related(
    record: &mut dyn AnyRecord,
    relation: &'static RelationDefinition,
    db: &Db,
    errors: &mut Errors,
) -> Result<()> {
    let given = match relation.kind {
        RelationKind::BelongsTo => Vec::new(),
        _ => their_columns(relation),
    };
    let Some(slot) = record.slot_mut(relation.index) else {
        return Ok(());
    };
    for related in slot.related_mut() {
        let related = related.as_record_mut().filter(|it| is_changed(&**it));
        if let Some(related) = related
            && !validate(related, db, &given).await?
            // Who validates it as a whole has said so already.
            && !errors.has(relation.name, "associated")
        {
            errors.include(relation.name, related.state().errors());
        }
    }
    Ok(())
}

/// The columns in which related records refer to the record that has them.
fn their_columns(relation: &'static RelationDefinition) -> Vec<&'static str> {
    let their_type = relation.their_type.map(|column| column());
    let their_key = relation
        .target()
        .map(|target| relation.their_key_in(target));
    their_key.into_iter().chain(their_type).collect()
}

/// The relationships of a kind along which there may be something to save.
fn touched(record: &dyn AnyRecord, kind: RelationKind) -> Vec<&'static RelationDefinition> {
    let relations = record.definition().relations.iter();
    relations
        .filter(|relation| {
            (relation.kind == RelationKind::BelongsTo) == (kind == RelationKind::BelongsTo)
        })
        .filter(|relation| is_touched(record, relation))
        .collect()
}

/// Gives a record the key of the one that it belongs to now; `false` when that one has none yet.
fn take_key(record: &mut dyn AnyRecord, relation: &'static RelationDefinition) -> Result<bool> {
    let Some(slot) = record.slot(relation.index) else {
        return Ok(true);
    };
    let (key, model) = match slot.related().first() {
        Some(owner)
            if owner
                .as_record()
                .is_some_and(|owner| owner.state().is_new()) =>
        {
            return Ok(false);
        }
        Some(owner) => {
            let definition = owner.definition();
            let column = definition.column(relation.their_key_in(definition));
            let key = column.map(|column| owner.value(column));
            (key, Value::Text(definition.model.to_owned()))
        }
        None if !slot.held().is_absent() => return Ok(true),
        None => (None, Value::Null(crate::value::ValueKind::Text)),
    };
    let columns = record.definition().columns;
    let null = Value::Null(columns[relation.own_key].kind);
    persistence::set_value(record, relation.own_key, key.unwrap_or(null))?;
    if let Some(column) = relation.own_type {
        persistence::set_value(record, column, model)?;
    }
    Ok(true)
}

/// Writes a valid record with everything around it.
fn write<'a>(
    record: &'a mut dyn AnyRecord,
    db: &'a Db,
    effects: &'a mut Effects,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        hash_password(record).await?;
        let columns = values(record);
        record.state_mut().remember(columns);
        let written = write_with_callbacks(record, db, effects).await;
        callbacks::tell_in_the_end(record, written.is_ok(), db).await;
        written
    })
}

async fn write_with_callbacks(
    record: &mut dyn AnyRecord,
    db: &Db,
    effects: &mut Effects,
) -> Result<()> {
    write_owners(record, db, effects).await?;
    if !record.has_callbacks() {
        return write_with_owned(record, db, effects).await;
    }
    let (before, after) = match record.state().is_new() {
        true => (Station::BeforeCreate, Station::AfterCreate),
        false => (Station::BeforeUpdate, Station::AfterUpdate),
    };
    record.run_callback(Station::BeforeSave, db).await?;
    record.run_callback(before, db).await?;
    // They may have made it belong to others, or have translated it.
    write_owners(record, db, effects).await?;
    if let Some(prepared) = translation::prepare(record, db) {
        prepared.await?;
    }
    hash_password(record).await?;
    write_with_owned(record, db, effects).await?;
    record.run_callback(after, db).await?;
    record.run_callback(Station::AfterSave, db).await
}

/// Writes a record's row, then those that belong to it.
async fn write_with_owned(
    record: &mut dyn AnyRecord,
    db: &Db,
    effects: &mut Effects,
) -> Result<()> {
    let before = record.state().columns().to_vec();
    persistence::write(record, db, effects.now()).await?;
    effects.written(record, &before, db).await?;
    forget_strangers(record);
    write_owned(record, db, effects).await?;
    effects.tell(record);
    lead_back(record);
    for relation in record.definition().relations {
        if is_touched(record, relation)
            && let Some(slot) = record.slot_mut(relation.index)
        {
            slot.held_mut().wrote();
        }
    }
    Ok(())
}

/// Writes the records that a record belongs to, and takes their keys.
async fn write_owners(record: &mut dyn AnyRecord, db: &Db, effects: &mut Effects) -> Result<()> {
    for relation in touched(record, RelationKind::BelongsTo) {
        write_related(record, relation, db, effects).await?;
        take_key(record, relation)?;
    }
    Ok(())
}

/// Writes the records that hold a record's key.
async fn write_owned(record: &mut dyn AnyRecord, db: &Db, effects: &mut Effects) -> Result<()> {
    for relation in touched(record, RelationKind::HasMany) {
        if relation.through.is_some() {
            let slot = record.slot(relation.index);
            let added = slot.and_then(|slot| slot.held().added());
            let between = added.map(|_| tie::between(relation)).transpose()?;
            write_related(record, relation, db, effects).await?;
            if let Some((added, between)) = added.zip(between) {
                write_between(record, relation, added, between, db, effects).await?;
            }
            continue;
        }
        let key = record.value(relation.own_key);
        if let Some(slot) = record.slot_mut(relation.index) {
            for related in slot.related_mut() {
                tie::to_key(relation, &key, related)?;
            }
            delete(relation, slot.removed(), db).await?;
        }
        write_related(record, relation, db, effects).await?;
    }
    Ok(())
}

/// Deletes records that were removed from a relationship, by their keys.
async fn delete(relation: &'static RelationDefinition, keys: Vec<Value>, db: &Db) -> Result<()> {
    let Some(target) = relation.target().filter(|_| !keys.is_empty()) else {
        return Ok(());
    };
    let mut select = Select::new(target);
    select.conditions.push(Expression::In {
        of: Box::new(Expression::own(target.key_name())),
        values: keys,
        negated: false,
    });
    db.execute(render::delete_all(db.dialect(), select)).await?;
    Ok(())
}

/// Makes and writes what is between a record and those that were added to one of its relationships, which goes through
/// `first` and `second`.
async fn write_between(
    record: &mut dyn AnyRecord,
    relation: &'static RelationDefinition,
    added: usize,
    (first, second): (&'static RelationDefinition, &'static RelationDefinition),
    db: &Db,
    effects: &mut Effects,
) -> Result<()> {
    let related = record.slot(relation.index).map(|slot| slot.related());
    let related = related.into_iter().flatten().skip(added);
    let keys: Vec<Value> = related
        .map(|related| {
            let definition = related.definition();
            let column = definition.column(second.their_key_in(definition));
            related.value(column.unwrap_or(definition.primary_key))
        })
        .collect();
    let own_key = record.value(first.own_key);
    for key in keys {
        let Some(loader) = first.loader() else {
            break;
        };
        let mut between = (loader.make)();
        tie::to_key(first, &own_key, between.as_mut())?;
        let Some(between) = between.as_record_mut() else {
            break;
        };
        persistence::set_value(between, second.own_key, key)?;
        write(between, db, effects).await?;
    }
    // What is loaded of it is not all of it any more.
    if let Some(slot) = record.slot_mut(first.index) {
        slot.held_mut().unload();
    }
    Ok(())
}

/// Lets what was written lead back to the record, as it is now.
fn lead_back(record: &mut dyn AnyRecord) {
    for relation in touched(record, RelationKind::HasMany) {
        effect::lead_back(record, relation);
    }
}

/// Writes what is to be saved along a relationship. What is wrong there is wrong with the record, too.
async fn write_related(
    record: &mut dyn AnyRecord,
    relation: &'static RelationDefinition,
    db: &Db,
    effects: &mut Effects,
) -> Result<()> {
    let Some(slot) = record.slot_mut(relation.index) else {
        return Ok(());
    };
    let mut failure = None;
    for related in slot.related_mut() {
        let related = related.as_record_mut().filter(|it| is_changed(&**it));
        if let Some(related) = related
            && let Err(error) = write(related, db, effects).await
        {
            failure = Some((error, related.definition().model));
            break;
        }
    }
    let Some((error, model)) = failure else {
        return Ok(());
    };
    match error.downcast_ref::<Invalid>() {
        // A callback may have failed to save something else.
        Some(theirs) if theirs.model == model => {
            let mut errors = record.state().errors().clone();
            errors.include(relation.name, &theirs.errors);
            record.state_mut().set_errors(errors);
            Err(invalid(record))
        }
        _ => Err(error),
    }
}

/// Forgets the loaded record to which another key does not refer any more.
fn forget_strangers(record: &mut dyn AnyRecord) {
    let relations = record.definition().relations.iter();
    for relation in relations.filter(|relation| relation.kind == RelationKind::BelongsTo) {
        let own = record.value(relation.own_key);
        let Some(slot) = record.slot(relation.index) else {
            continue;
        };
        let is_stranger = slot.related().first().is_some_and(|related| {
            let definition = related.definition();
            let column = definition.column(relation.their_key_in(definition));
            column.is_some_and(|column| related.value(column) != own)
        });
        if is_stranger && let Some(slot) = record.slot_mut(relation.index) {
            slot.held_mut().unload();
        }
    }
}

/// Ends what [`save`] has begun with a record and what is around it: what was written stays as it is, or is again what
/// it was before.
pub(super) fn settle(record: &mut dyn AnyRecord, is_committed: bool) {
    let Some(before) = record.state_mut().settle(is_committed) else {
        return;
    };
    if !is_committed {
        for (column, value) in before.into_iter().enumerate() {
            // A column takes back what it gave.
            let _ = record.set_value(column, value);
        }
    }
    for relation in record.definition().relations {
        let slot = record.slot(relation.index);
        if !slot.is_some_and(|slot| slot.held().is_undecided()) {
            continue;
        }
        let Some(slot) = record.slot_mut(relation.index) else {
            continue;
        };
        for related in slot.related_mut() {
            if let Some(related) = related.as_record_mut() {
                settle(related, is_committed);
            }
        }
        match is_committed && !slot.held().is_touched() {
            true => slot.saved(),
            // What was put there after it was written is still to be saved.
            false => slot.held_mut().settle(is_committed),
        }
    }
}

/// Tells the fields of a record by which key others refer to it.
pub(super) fn own_slots(record: &mut dyn AnyModel) {
    for relation in record.definition().relations {
        if relation.kind != RelationKind::BelongsTo {
            let key = record.value(relation.own_key);
            if let Some(slot) = record.slot_mut(relation.index) {
                slot.held_mut().set_owner(key);
            }
        }
    }
}
