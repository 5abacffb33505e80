//! Loads related records for many owners at once: one query for each relationship and level.

use std::collections::HashMap;
use std::sync::Arc;

use super::{BelongsTo, HasMany, HasOne, Model, RelationDefinition};
use crate::database::Db;
use crate::query::{Expression, Path, Query};
use crate::value::Value;
use crate::{BoxFuture, Result};

/// A relationship to load, by its position, and what to load below it.
#[derive(Clone, Debug, Default)]
pub struct Include {
    relation: usize,
    nested: Vec<Include>,
}

/// Adds a path to a tree of relationships, sharing what is already there.
pub(crate) fn include(includes: &mut Vec<Include>, path: &[&'static RelationDefinition]) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    let at = includes
        .iter()
        .position(|include| include.relation == first.index)
        .unwrap_or_else(|| {
            includes.push(Include {
                relation: first.index,
                nested: Vec::new(),
            });
            includes.len() - 1
        });
    include(&mut includes[at].nested, rest);
}

/// Loads every relationship of a tree; without owners there is nothing to ask.
pub(crate) async fn preload_all<M: Model>(
    db: &Db,
    owners: &mut [M],
    includes: &[Include],
) -> Result<()> {
    if owners.is_empty() {
        return Ok(());
    }
    for include in includes {
        M::preload_relation(db, owners, include.relation, &include.nested).await?;
    }
    Ok(())
}

/// What `preload_relation` answers for a position that no relationship has.
pub fn no_relation<'a>() -> BoxFuture<'a, Result<()>> {
    Box::pin(std::future::ready(Ok(())))
}

/// Loads the one record that each owner belongs to; owners with the same key share it.
pub fn preload_belongs_to<'a, O: Model, T: Model>(
    db: &'a Db,
    owners: &'a mut [O],
    relation: usize,
    nested: &'a [Include],
    slot: fn(&mut O) -> &mut BelongsTo<T>,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let related = Related::<T>::load(db, owners, relation, nested).await?;
        let mut shared: HashMap<Value, Arc<T>> = related
            .records
            .into_iter()
            .map(|record| (record.value(related.their_key), Arc::new(record)))
            .collect();
        for owner in owners {
            let record = shared
                .get_mut(&owner.value(related.own_key))
                .map(|record| Arc::clone(record));
            slot(owner).set(record);
        }
        Ok(())
    })
}

/// Loads the one record that has each owner's key; of several, the one with the lowest key.
pub fn preload_has_one<'a, O: Model, T: Model>(
    db: &'a Db,
    owners: &'a mut [O],
    relation: usize,
    nested: &'a [Include],
    slot: fn(&mut O) -> &mut HasOne<T>,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let mut related = Related::<T>::load(db, owners, relation, nested)
            .await?
            .by_owner();
        for owner in owners {
            let found = related.groups.get_mut(&owner.value(related.own_key));
            let first =
                found.and_then(|records| (!records.is_empty()).then(|| records.swap_remove(0)));
            slot(owner).set(first.map(Arc::new));
        }
        Ok(())
    })
}

/// Loads the records that have each owner's key, in the order of their own keys.
pub fn preload_has_many<'a, O: Model, T: Model>(
    db: &'a Db,
    owners: &'a mut [O],
    relation: usize,
    nested: &'a [Include],
    slot: fn(&mut O) -> &mut HasMany<T>,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let mut related = Related::<T>::load(db, owners, relation, nested)
            .await?
            .by_owner();
        for owner in owners {
            let records = related
                .groups
                .remove(&owner.value(related.own_key))
                .unwrap_or_default();
            slot(owner).set(records);
        }
        Ok(())
    })
}

/// The records at the other end of a relationship, and the positions of the columns that tie both ends.
struct Related<T> {
    records: Vec<T>,
    own_key: usize,
    their_key: usize,
}

impl<T: Model> Related<T> {
    async fn load<O: Model>(
        db: &Db,
        owners: &[O],
        relation: usize,
        nested: &[Include],
    ) -> Result<Self> {
        // The derive emits both, so neither a relationship nor a key column is ever missing.
        let Some(relation) = O::definition().relations.get(relation) else {
            return Ok(Related {
                records: Vec::new(),
                own_key: 0,
                their_key: 0,
            });
        };
        let own_key = O::definition().column(relation.own_key).unwrap_or_default();
        let their_key = T::definition()
            .column(relation.their_key)
            .unwrap_or_default();
        let mut keys: Vec<Value> = owners
            .iter()
            .map(|owner| owner.value(own_key))
            .filter(|key| !key.is_null())
            .collect();
        let mut seen = std::collections::HashSet::with_capacity(keys.len());
        keys.retain(|key| seen.insert(key.clone()));
        if keys.is_empty() {
            return Ok(Related {
                records: Vec::new(),
                own_key,
                their_key,
            });
        }
        let key = Expression::Column(Path::root(), relation.their_key);
        let query = Query::<T>::with_condition(Expression::In {
            of: Box::new(key),
            values: keys,
            negated: false,
        });
        let query = match relation.kind {
            super::RelationKind::BelongsTo => query,
            super::RelationKind::HasMany | super::RelationKind::HasOne => query.ordered_by_key(),
        };
        let mut records = query.load(db).await?;
        preload_all(db, &mut records, nested).await?;
        Ok(Related {
            records,
            own_key,
            their_key,
        })
    }

    fn by_owner(self) -> Grouped<T> {
        let mut groups: HashMap<Value, Vec<T>> = HashMap::new();
        for record in self.records {
            groups
                .entry(record.value(self.their_key))
                .or_default()
                .push(record);
        }
        Grouped {
            groups,
            own_key: self.own_key,
        }
    }
}

/// Related records by the key of their owner.
struct Grouped<T> {
    groups: HashMap<Value, Vec<T>>,
    own_key: usize,
}
