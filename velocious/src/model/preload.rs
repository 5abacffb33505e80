//! Loads related records for many owners at once: one query for each relationship and level.

use std::collections::HashSet;

use super::effect;
use super::erased::AnyModel;
use super::relation::{Loader, OwnersKey, Related};
use super::{Model, RelationDefinition, RelationKind};
use crate::database::Db;
use crate::query::select::{Join, JoinKind, Select};
use crate::query::{Expression, Facet, Link, OrderTerm, Path, PreloadPath, Step, root, way};
use crate::value::{Value, ValueKind};
use crate::{BoxFuture, Result};

/// A relationship to load, by its position, and what to load below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Include {
    relation: usize,
    /// Of which of the records above it, where they may be of several models.
    of: Facet,
    nested: Vec<Include>,
}

/// Adds a path to a tree of relationships, sharing what is already there.
pub(crate) fn include(includes: &mut Vec<Include>, path: &Path) {
    include_steps(includes, &Facet::Whole, &path.steps());
}

fn include_steps(includes: &mut Vec<Include>, of: &Facet, steps: &[&Step]) {
    let Some((first, rest)) = steps.split_first() else {
        return;
    };
    let relation = first.relation.index;
    let known = includes
        .iter()
        .position(|include| include.relation == relation && include.of == *of);
    let at = known.unwrap_or_else(|| {
        includes.push(Include {
            relation,
            of: of.clone(),
            nested: Vec::new(),
        });
        includes.len() - 1
    });
    include_steps(&mut includes[at].nested, &first.facet, rest);
}

/// Loads a relationship of records that are there already, and those on the way to it: one query for each level. What
/// was loaded of it before is loaded again.
///
/// ```
/// use velocious::prelude::*;
/// # #[derive(Model)] pub struct Project { pub id: i64, pub name: String, pub record: RecordState }
/// # #[derive(Model)] pub struct Task { pub id: i64, pub project_id: i64, #[belongs_to] pub project: BelongsTo<Project>, pub record: RecordState }
///
/// # async fn example(db: &Db, mut tasks: Vec<Task>) -> Result<()> {
/// velocious::preload(db, &mut tasks, |task| task.project()).await?;
/// let names: Result<Vec<&str>> = tasks.iter().map(|task| Ok(task.project.get()?.name.as_str())).collect();
/// # let _ = names; Ok(()) }
/// # fn main() {}
/// ```
///
/// # Errors
/// When the database fails, or holds something that a struct cannot.
pub fn preload<'a, M: Model, P: PreloadPath<Root = M>>(
    db: &'a Db,
    records: &'a mut [M],
    relation: impl FnOnce(M::Handle<M>) -> P,
) -> BoxFuture<'a, Result<()>> {
    let mut includes = Vec::new();
    include(&mut includes, relation(root::<M>()).preload_path());
    Box::pin(async move { preload_tree(db, records, &includes).await })
}

/// Loads every relationship of a tree for `owners`; without owners there is nothing to ask.
pub(crate) async fn preload_tree<M: Model>(
    db: &Db,
    owners: &mut [M],
    includes: &[Include],
) -> Result<()> {
    if owners.is_empty() || includes.is_empty() {
        return Ok(());
    }
    let owners = owners.iter_mut().map(|owner| owner as &mut dyn AnyModel);
    preload_all(db, owners.collect(), includes.iter().collect()).await
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
            ..Include::default()
        };
        preload_one(db, &mut [owner], &include).await
    })
}

fn preload_all<'a>(
    db: &'a Db,
    mut owners: Vec<&'a mut dyn AnyModel>,
    includes: Vec<&'a Include>,
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
    let mut parts = Vec::new();
    for (variant, loader) in slot.loaders().iter().enumerate() {
        let part = Part::new(relation, variant, loader);
        let keys = part.distinct_keys(owners);
        let mut related = match keys.is_empty() {
            true => None,
            false => Some(part.load(db, keys, &include.nested).await?),
        };
        if let Some(related) = &mut related {
            effect::lead_all_back(relation, owners, related);
        }
        parts.push((part, related));
    }
    for owner in owners {
        let mut key = Value::Null(ValueKind::BigInt);
        let mut found = None;
        if let Some((part, related)) = parts.iter_mut().find(|(part, _)| part.is_of(*owner)) {
            key = owner.value(part.own_key());
            found = related.as_mut();
        }
        if let Some(slot) = owner.slot_mut(include.relation) {
            slot.fill(found, &key);
        }
    }
    Ok(())
}

/// One model of which the related records may be, and the way to them.
struct Part {
    relation: &'static RelationDefinition,
    facet: Facet,
    loader: &'static Loader,
    first: Link,
    path: Path,
    /// The owner's column that says of which model its related record is, and the name of this one.
    own_type: Option<(usize, Value)>,
}

impl Part {
    fn new(relation: &'static RelationDefinition, variant: usize, loader: &'static Loader) -> Self {
        let facet = match relation.target() {
            Some(_) => Facet::Whole,
            None => Facet::Variant(variant),
        };
        let (first, path) = way(relation, &facet);
        let model = || Value::Text((loader.target)().model.to_owned());
        Part {
            relation,
            facet,
            loader,
            first,
            path,
            own_type: relation.own_type.map(|column| (column, model())),
        }
    }

    /// The owner's column that the way starts from.
    fn own_key(&self) -> usize {
        self.first.relation.own_key
    }

    /// Whether an owner's related record is of this model.
    fn is_of(&self, owner: &dyn AnyModel) -> bool {
        match &self.own_type {
            None => true,
            Some((column, model)) => owner.value(*column) == *model,
        }
    }

    /// The keys of the owners whose related records are of this model, each once.
    fn distinct_keys(&self, owners: &[&mut dyn AnyModel]) -> Vec<Value> {
        let mut seen = HashSet::with_capacity(owners.len());
        let owners = owners.iter().filter(|owner| self.is_of(&***owner));
        let keys = owners.map(|owner| owner.value(self.own_key()));
        keys.filter(|key| !key.is_null() && seen.insert(key.clone()))
            .collect()
    }

    /// The related records of the owners with these keys, with what is nested below them.
    async fn load(&self, db: &Db, keys: Vec<Value>, nested: &[Include]) -> Result<Related> {
        let (select, key) = self.select(keys);
        let mut related = (self.loader.load)(db, select, key).await?;
        if self.relation.is_distinct {
            related.keep_distinct();
        }
        let nested = nested.iter().filter(|include| include.of == self.facet);
        let nested: Vec<&Include> = nested.collect();
        if !nested.is_empty() {
            let records = related.records();
            if !records.is_empty() {
                preload_all(db, records, nested).await?;
            }
        }
        Ok(related)
    }

    /// The query for the related records. It starts at the first table behind the owners' and follows the way from
    /// there.
    fn select(&self, keys: Vec<Value>) -> (Select, OwnersKey) {
        let (relation, first) = (self.relation, &self.first);
        let their_key = Expression::own(first.their_key());
        let mut select = Select::new(first.target());
        select.conditions.push(Expression::In {
            of: Box::new(their_key.clone()),
            values: keys,
            negated: false,
        });
        select.conditions.extend(first.conditions());
        let target = relation.target_as(&self.facet);
        let column = |column: &'static str| Expression::Column(self.path.clone(), column);
        if relation.kind != RelationKind::BelongsTo {
            let key = column(target.key_name());
            select.order.push(OrderTerm::ascending(key));
        }
        if self.path.is_root() {
            let key = target.column(first.their_key());
            return (select, OwnersKey::Column(key.unwrap_or_default()));
        }
        select.items = target.columns.iter().map(|it| column(it.name)).collect();
        select.items.push(their_key);
        select.joins.push(Join {
            path: self.path.clone(),
            kind: JoinKind::Inner,
        });
        let owner = (first.relation.owner)();
        let kind = owner.columns.get(self.own_key()).map(|column| column.kind);
        (select, OwnersKey::Behind(kind.unwrap_or(ValueKind::BigInt)))
    }
}
