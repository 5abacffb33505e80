//! What writing a record does to the records it belongs to, and to those that belong to it: counters and times, and the
//! way back.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::erased::{AnyModel, AnyRecord};
use super::relation::{Erased, Related, Slot};
use super::{ModelDefinition, RelationDefinition, RelationKind, persistence};
use crate::database::Db;
use crate::database::raw_rows::RawRows;
use crate::query::select::Select;
use crate::query::{Expression, Facet, render, way};
use crate::value::{ColumnType, Value, ValueKind};
use crate::{BoxFuture, Result};

/// How far a time is handed on; further is a circle.
const FURTHEST: usize = 32;

/// One save or destruction: its time, and what it has done to other records so far.
pub(super) struct Effects {
    now: DateTime<Utc>,
    /// The records whose times are set already, by table and key.
    touched: HashSet<(&'static str, Value)>,
    done: Vec<Done>,
}

/// What was done to a row.
struct Done {
    owner: Owner,
    column: &'static str,
    change: Change,
}

enum Change {
    Set(Value),
    Add(i64),
}

impl Effects {
    pub(super) fn new() -> Self {
        Effects {
            now: Utc::now(),
            touched: HashSet::new(),
            done: Vec::new(),
        }
    }

    /// The time of everything in it.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Counts and touches after a record was written whose row held `before`: nothing, when it was new.
    pub(super) async fn written(
        &mut self,
        record: &dyn AnyRecord,
        before: &[Value],
        db: &Db,
    ) -> Result<()> {
        let after = record.state().columns();
        if before == after {
            return Ok(());
        }
        let definition = record.definition();
        // Its own times are new.
        let key = record.value(definition.primary_key);
        self.touched.insert((definition.table, key));
        self.happen(definition, before, after, db).await
    }

    /// Lets a record know what was done to its row since it was written.
    pub(super) fn tell(&self, record: &mut dyn AnyRecord) {
        let definition = record.definition();
        for Done {
            owner,
            column,
            change,
        } in &self.done
        {
            let key = definition.column(owner.column).map(|at| record.value(at));
            let is_own =
                std::ptr::eq(owner.definition, definition) && key.as_ref() == Some(&owner.key);
            let Some(column) = definition.column(column).filter(|_| is_own) else {
                continue;
            };
            let value = match (change, record.value(column)) {
                (Change::Set(value), _) => value.clone(),
                (Change::Add(by), value) => added(&value, *by),
            };
            // A column takes what its own kind of value is.
            if record.set_value(column, value.clone()).is_ok() {
                record.state_mut().set_stored(column, value);
            }
        }
    }

    /// The same after a record was destroyed.
    pub(super) async fn destroyed(
        &mut self,
        definition: &'static ModelDefinition,
        before: &[Value],
        db: &Db,
    ) -> Result<()> {
        self.happen(definition, before, &[], db).await
    }

    async fn happen(
        &mut self,
        definition: &'static ModelDefinition,
        before: &[Value],
        after: &[Value],
        db: &Db,
    ) -> Result<()> {
        for relation in definition.relations.iter().filter(|it| it.has_effects()) {
            let before = Owner::of(relation, before);
            let after = Owner::of(relation, after);
            if let Some(counter) = relation.counter
                && before != after
            {
                for (owner, by) in [(&before, -1), (&after, 1)] {
                    if let Some(owner) = owner {
                        self.count(owner, counter(), by, db).await?;
                    }
                }
            }
            if relation.touches {
                let other = before.filter(|before| after.as_ref() != Some(before));
                for owner in other.into_iter().chain(after) {
                    let column = relation.touched.map(|column| column());
                    self.touch(owner, column, db, FURTHEST).await?;
                }
            }
        }
        Ok(())
    }

    async fn count(
        &mut self,
        owner: &Owner,
        counter: &'static str,
        by: i64,
        db: &Db,
    ) -> Result<()> {
        let statement = render::increment(db.dialect(), counter, by, owner.select());
        db.execute(statement).await?;
        self.done.push(Done {
            owner: owner.clone(),
            column: counter,
            change: Change::Add(by),
        });
        Ok(())
    }

    /// Sets the times of a record, and of those that it touches in turn; `false` when there is no such record.
    fn touch<'a>(
        &'a mut self,
        owner: Owner,
        column: Option<&'static str>,
        db: &'a Db,
        furthest: usize,
    ) -> BoxFuture<'a, Result<bool>> {
        Box::pin(async move {
            let Owner {
                definition, key, ..
            } = &owner;
            if furthest == 0 || !self.touched.insert((definition.table, key.clone())) {
                return Ok(true);
            }
            let updated_at = definition.updated_at.map(|at| definition.column_name(at));
            let beside = column.filter(|column| Some(*column) != updated_at);
            let columns = updated_at.into_iter().chain(beside);
            let changes: Vec<_> = columns.map(|it| (it, self.now.to_value())).collect();
            if !changes.is_empty() {
                let statement = render::update_all(db.dialect(), changes.clone(), owner.select());
                if db.execute(statement).await? == 0 {
                    return Ok(false);
                }
            }
            self.done
                .extend(changes.into_iter().map(|(column, value)| Done {
                    owner: owner.clone(),
                    column,
                    change: Change::Set(value),
                }));
            for relation in definition.relations.iter().filter(|it| it.touches) {
                if let Some(next) = owner.next(relation, db).await? {
                    let column = relation.touched.map(|column| column());
                    self.touch(next, column, db, furthest - 1).await?;
                }
            }
            Ok(true)
        })
    }
}

/// Sets the times of a record's row, and of those that it touches in turn.
pub(super) async fn touch(
    record: &mut dyn AnyRecord,
    column: Option<&'static str>,
    db: &Db,
) -> Result<()> {
    let definition = record.definition();
    let key = persistence::stored_key(record)?;
    let owner = Owner {
        definition,
        column: definition.key_name(),
        key: key.clone(),
    };
    let mut effects = Effects::new();
    let is_there = match definition.relations.iter().any(|it| it.touches) {
        true => {
            db.transaction(async |tx| effects.touch(owner, column, &tx, FURTHEST).await)
                .await?
        }
        false => effects.touch(owner, column, db, FURTHEST).await?,
    };
    if !is_there {
        return Err(persistence::row_is_not_there(definition, &key, false));
    }
    effects.tell(record);
    Ok(())
}

/// The query for the row with this key.
pub(super) fn row_of(definition: &'static ModelDefinition, key: Value) -> Select {
    let owner = Owner {
        definition,
        column: definition.key_name(),
        key,
    };
    owner.select()
}

/// The record that another one belongs to, as that one's row says.
#[derive(Clone, Debug)]
struct Owner {
    definition: &'static ModelDefinition,
    /// The column that is referred to, and its value.
    column: &'static str,
    key: Value,
}

impl PartialEq for Owner {
    fn eq(&self, other: &Owner) -> bool {
        std::ptr::eq(self.definition, other.definition) && self.key == other.key
    }
}

impl Owner {
    fn of(relation: &'static RelationDefinition, row: &[Value]) -> Option<Self> {
        let key = row.get(relation.own_key).filter(|key| !key.is_null())?;
        let model = relation.own_type.and_then(|column| row.get(column));
        Owner::new(relation, key.clone(), model)
    }

    fn new(
        relation: &'static RelationDefinition,
        key: Value,
        model: Option<&Value>,
    ) -> Option<Self> {
        let definition = match (relation.target(), model) {
            (Some(target), _) => target,
            (None, Some(Value::Text(model))) => relation.target_called(model)?,
            (None, _) => return None,
        };
        Some(Owner {
            definition,
            column: relation.their_key_in(definition),
            key,
        })
    }

    fn select(&self) -> Select {
        let mut select = Select::new(self.definition);
        let key = Expression::equal(Expression::own(self.column), self.key.clone());
        select.conditions.push(key);
        select
    }

    /// The record that this one belongs to along one of its own relationships.
    async fn next(&self, relation: &'static RelationDefinition, db: &Db) -> Result<Option<Owner>> {
        let mut select = self.select();
        let own_type = relation.own_type.map(|at| self.definition.column_name(at));
        let columns = std::iter::once(relation.own_key()).chain(own_type);
        select.items = columns.map(Expression::own).collect();
        let kind = self.definition.columns[relation.own_key].kind;
        let kinds = std::iter::once(kind).chain(own_type.map(|_| ValueKind::Text));
        let rows = RawRows::new(&kinds.collect::<Vec<_>>());
        let statement = render::select(db.dialect(), select);
        let rows = RawRows::collected(db.fetch(statement, rows).await?);
        let Some(row) = rows.into_iter().next() else {
            return Ok(None);
        };
        let mut row = row.into_iter();
        let key = row.next().filter(|key| !key.is_null());
        Ok(key.and_then(|key| Owner::new(relation, key, row.next().as_ref())))
    }
}

/// A column's value and a number; NULL counts as zero.
pub(super) fn added(value: &Value, by: i64) -> Value {
    match value {
        Value::Integer(value) => i32::try_from(by).map_or(Value::Integer(*value), |by| {
            Value::Integer(value.saturating_add(by))
        }),
        Value::BigInt(value) => Value::BigInt(value.saturating_add(by)),
        Value::Null(ValueKind::Integer) => Value::Integer(i32::try_from(by).unwrap_or(0)),
        _ => Value::BigInt(by),
    }
}

/// Lets the records along a relationship lead back to the one that has them, where there is a way.
pub(super) fn lead_back(record: &mut dyn AnyRecord, relation: &'static RelationDefinition) {
    let Some(back) = way_back(relation) else {
        return;
    };
    let related = record.slot(relation.index).map(Slot::related);
    let first = related.and_then(|related| related.into_iter().next());
    let Some(copy) = first.and_then(|related| copy_for(related, back, record)) else {
        return;
    };
    let Some(slot) = record.slot_mut(relation.index) else {
        return;
    };
    for related in slot.related_mut() {
        if let Some(slot) = related.slot_mut(back) {
            slot.held_mut().fill_erased(copy.clone());
        }
    }
}

/// The same for loaded records and the owners of which they know the keys, where it was asked for.
pub(super) fn lead_all_back(
    relation: &'static RelationDefinition,
    owners: &[&mut dyn AnyModel],
    related: &mut Related,
) {
    let Some(back) = relation.inverse.and_then(|_| way_back(relation)) else {
        return;
    };
    let owners = owners
        .iter()
        .map(|owner| (owner.value(relation.own_key), &**owner));
    let owners: HashMap<Value, &dyn AnyModel> = owners.collect();
    let mut copies: HashMap<Value, Option<Erased>> = HashMap::new();
    for (key, record) in related.with_keys() {
        let owner = owners.get(key);
        let copy = copies
            .entry(key.clone())
            .or_insert_with(|| copy_for(record, back, *owner?));
        // What was asked to be loaded from the database, with more below it, stays.
        if let (Some(copy), Some(slot)) = (copy, record.slot_mut(back))
            && !slot.held().is_loaded()
        {
            slot.held_mut().fill_erased(copy.clone());
        }
    }
}

/// What the relationship `back` of a related record holds when it leads to `owner`: a copy of its columns.
fn copy_for<O: AnyModel + ?Sized>(
    related: &dyn AnyModel,
    back: usize,
    owner: &O,
) -> Option<Erased> {
    let definition = owner.definition();
    let mut loaders = related.slot(back)?.loaders().iter();
    let loader = loaders.find(|loader| std::ptr::eq((loader.target)(), definition))?;
    Some((loader.copy)(owner.as_model()))
}

/// The position of the relationship that leads from the related records back: the one that was named, or the one that
/// has the same key.
fn way_back(relation: &'static RelationDefinition) -> Option<usize> {
    if let Some(inverse) = relation.inverse {
        return inverse().last().map(|step| step.relation.index);
    }
    let target = relation.target().filter(|_| relation.through.is_none())?;
    let their_key = relation.their_key_in(target);
    let owner = (relation.owner)();
    let back = target.relations.iter().find(|back| {
        back.kind == RelationKind::BelongsTo
            && back.scope.is_none()
            && back.own_key() == their_key
            && back
                .target()
                .is_none_or(|target| std::ptr::eq(target, owner))
    });
    back.map(|back| back.index)
}

/// The query for the records that belong to the owner with this key.
pub(super) fn related(relation: &'static RelationDefinition, key: Value) -> Select {
    let (link, _) = way(relation, &Facet::Whole);
    let mut select = Select::new(relation.target_as(&Facet::Whole));
    select.conditions = super::relation::tie::conditions(&link, key);
    select
}
