//! Loads related records for many owners at once: one query for each relationship and level.

use std::collections::HashSet;

use super::erased::AnyModel;
use super::relation::{OwnersKey, Related};
use super::{Model, RelationDefinition, RelationKind};
use crate::database::Db;
use crate::query::select::{Join, JoinKind, Select};
use crate::query::{Expression, Link, OrderTerm, Path, way};
use crate::value::{Value, ValueKind};
use crate::{BoxFuture, Result};

/// A relationship to load, by its position, and what to load below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Include {
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

/// Loads every relationship of a tree for `owners`; without owners there is nothing to ask.
pub(crate) async fn preload<M: Model>(
    db: &Db,
    owners: &mut [M],
    includes: &[Include],
) -> Result<()> {
    if owners.is_empty() || includes.is_empty() {
        return Ok(());
    }
    let owners = owners.iter_mut().map(|owner| owner as &mut dyn AnyModel);
    preload_all(db, owners.collect(), includes).await
}

/// Loads one relationship of one record, by its position.
pub(crate) fn load<'a>(
    db: &'a Db,
    owner: &'a mut dyn AnyModel,
    relation: usize,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let include = Include {
            relation,
            nested: Vec::new(),
        };
        preload_one(db, &mut [owner], &include).await
    })
}

fn preload_all<'a>(
    db: &'a Db,
    mut owners: Vec<&'a mut dyn AnyModel>,
    includes: &'a [Include],
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        for include in includes {
            preload_one(db, &mut owners, include).await?;
        }
        Ok(())
    })
}

/// Loads one relationship of all `owners`, which are of one model, and what is nested below it.
async fn preload_one(db: &Db, owners: &mut [&mut dyn AnyModel], include: &Include) -> Result<()> {
    let Some(first) = owners.first() else {
        return Ok(());
    };
    // The derive emits both, so neither a relationship nor its field is ever missing.
    let (Some(relation), Some(slot)) = (
        first.definition().relations.get(include.relation),
        first.slot(include.relation),
    ) else {
        return Ok(());
    };
    let loader = slot.loader();
    let (first_link, path) = way(relation);
    let own_key = first_link.relation.own_key;
    let keys = distinct_keys(owners, own_key);
    let mut related = match keys.is_empty() {
        true => None,
        false => {
            let (select, key) = select(relation, &first_link, path, keys);
            let mut related = (loader.load)(db, select, key).await?;
            if relation.is_distinct {
                related.keep_distinct();
            }
            Some(related)
        }
    };
    if let Some(related) = &mut related {
        preload_below(db, related, &include.nested).await?;
    }
    for owner in owners {
        let key = owner.value(own_key);
        if let Some(slot) = owner.slot_mut(include.relation) {
            slot.fill(related.as_mut(), &key);
        }
    }
    Ok(())
}

async fn preload_below(db: &Db, related: &mut Related, nested: &[Include]) -> Result<()> {
    if nested.is_empty() {
        return Ok(());
    }
    let records = related.records();
    match records.is_empty() {
        true => Ok(()),
        false => preload_all(db, records, nested).await,
    }
}

/// The values of a column that are not NULL, each once.
fn distinct_keys(owners: &[&mut dyn AnyModel], column: usize) -> Vec<Value> {
    let mut seen = HashSet::with_capacity(owners.len());
    let keys = owners.iter().map(|owner| owner.value(column));
    keys.filter(|key| !key.is_null() && seen.insert(key.clone()))
        .collect()
}

/// The query for the related records of the owners with these keys. It starts at the first table behind theirs and
/// follows `path` from there.
fn select(
    relation: &'static RelationDefinition,
    first: &Link,
    path: Path,
    keys: Vec<Value>,
) -> (Select, OwnersKey) {
    let their_key = Expression::Column(Path::root(), first.relation.their_key());
    let mut select = Select::new(first.target());
    select.conditions.push(Expression::In {
        of: Box::new(their_key.clone()),
        values: keys,
        negated: false,
    });
    select.conditions.extend(first.conditions());
    let target = (relation.target)();
    let column = |column: &'static str| Expression::Column(path.clone(), column);
    if relation.kind != RelationKind::BelongsTo {
        select
            .order
            .push(OrderTerm::ascending(column(target.key_name())));
    }
    if path.is_root() {
        let key = target.column(first.relation.their_key());
        return (select, OwnersKey::Column(key.unwrap_or_default()));
    }
    select.items = target.columns.iter().map(|it| column(it.name)).collect();
    select.items.push(their_key);
    let kind = (first.relation.owner)().columns.get(first.relation.own_key);
    select.joins.push(Join {
        path,
        kind: JoinKind::Inner,
    });
    let kind = kind.map_or(ValueKind::BigInt, |column| column.kind);
    (select, OwnersKey::Behind(kind))
}
