//! Destroying a record, and what becomes then of the records that belong to it.

use super::callbacks::{self, Station};
use super::definition::Dependent;
use super::effect::{Effects, related};
use super::erased::{AnyModel, AnyRecord, values};
use super::errors::human_name;
use super::relation::OwnersKey;
use super::{Errors, ModelDefinition, RelationDefinition, graph, persistence};
use crate::database::Db;
use crate::database::raw_rows::RawRows;
use crate::error::Invalid;
use crate::query::{Expression, render};
use crate::value::{Value, ValueKind};
use crate::{BoxFuture, Error, Result};

/// Destroys a record and what depends on it, or nothing.
pub(super) async fn destroy(record: &mut dyn AnyRecord, db: &Db) -> Result<()> {
    if !record.has_callbacks() && is_alone(record.definition()) {
        return persistence::delete(record, db).await;
    }
    let unsettled = graph::Unsettled::new(&mut *record);
    let destroyed = db
        .transaction(async |tx| destroy_within(unsettled.record, &tx, &mut Effects::new()).await)
        .await;
    unsettled.end(destroyed.is_ok());
    if let Err(error) = &destroyed
        && let Some(invalid) = error.downcast_ref::<Invalid>()
    {
        record.state_mut().set_errors(invalid.errors.clone());
    }
    destroyed
}

/// Whether destroying a record is nothing but deleting its row.
fn is_alone(definition: &ModelDefinition) -> bool {
    let mut relations = definition.relations.iter();
    relations.all(|relation| relation.dependent.is_none() && !relation.has_effects())
}

fn destroy_within<'a>(
    record: &'a mut dyn AnyRecord,
    db: &'a Db,
    effects: &'a mut Effects,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let columns = values(record);
        record.state_mut().remember(columns);
        let destroyed = destroy_with_dependents(record, db, effects).await;
        callbacks::tell_in_the_end(record, destroyed.is_ok(), db).await;
        destroyed
    })
}

async fn destroy_with_dependents(
    record: &mut dyn AnyRecord,
    db: &Db,
    effects: &mut Effects,
) -> Result<()> {
    callbacks::run(record, Station::BeforeDestroy, db).await?;
    let definition = record.definition();
    let row = record.state().columns().to_vec();
    // What keeps it from being destroyed is asked before anything is.
    for restrict in [true, false] {
        for relation in definition.relations {
            let is_restricted = relation.dependent == Some(Dependent::Restrict);
            if let Some(key) = row.get(relation.own_key)
                && is_restricted == restrict
            {
                meet_fate(relation, key.clone(), db, effects).await?;
            }
        }
    }
    persistence::delete(record, db).await?;
    effects.destroyed(definition, &row, db).await?;
    callbacks::run(record, Station::AfterDestroy, db).await
}

/// Does with the related records what the relationship says.
async fn meet_fate(
    relation: &'static RelationDefinition,
    key: Value,
    db: &Db,
    effects: &mut Effects,
) -> Result<()> {
    let Some(dependent) = relation.dependent.filter(|_| !key.is_null()) else {
        return Ok(());
    };
    match dependent {
        Dependent::Restrict => restrict(relation, key, db).await,
        Dependent::Destroy => destroy_related(relation, key, db, effects).await,
        Dependent::Delete => {
            let statement = render::delete_all(db.dialect(), related(relation, key));
            db.execute(statement).await.map(|_| ())
        }
        Dependent::Nullify => {
            let changes = nothing(relation);
            let statement = render::update_all(db.dialect(), changes, related(relation, key));
            db.execute(statement).await.map(|_| ())
        }
    }
}

/// The columns that refer to the owner, with NULL.
fn nothing(relation: &'static RelationDefinition) -> Vec<(&'static str, Value)> {
    let kind = (relation.owner)().columns[relation.own_key].kind;
    let target = relation.target();
    let their_key = target.map(|target| (relation.their_key_in(target), Value::Null(kind)));
    let their_type = relation
        .their_type
        .map(|column| (column(), Value::Null(ValueKind::Text)));
    their_key.into_iter().chain(their_type).collect()
}

async fn restrict(relation: &'static RelationDefinition, key: Value, db: &Db) -> Result<()> {
    let mut select = related(relation, key);
    select.items = vec![Expression::own(select.definition.key_name())];
    select.limit = Some(1);
    let statement = render::select(db.dialect(), select);
    let kind = relation
        .target()
        .map(|target| target.columns[target.primary_key].kind);
    let rows = RawRows::new(kind.as_slice());
    if RawRows::collected(db.fetch(statement, rows).await?).is_empty() {
        return Ok(());
    }
    let mut errors = Errors::default();
    let text = format!(
        "{} of this {} exist, so it cannot be deleted",
        human_name(relation.name),
        words(relation.model()),
    );
    errors.add(Errors::BASE, "restrict", text);
    Err(Invalid::new(relation.model(), errors).into())
}

/// `BlogPost` as a person says it: `blog post`.
fn words(model: &str) -> String {
    let mut words = String::with_capacity(model.len() + 2);
    for letter in model.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

async fn destroy_related(
    relation: &'static RelationDefinition,
    key: Value,
    db: &Db,
    effects: &mut Effects,
) -> Result<()> {
    let select = related(relation, key);
    let Some(loader) = relation.loader() else {
        return Ok(());
    };
    let mut related = (loader.load)(db, select, OwnersKey::Column(0)).await?;
    for record in related.records() {
        destroy_one(record, db, effects).await?;
    }
    Ok(())
}

async fn destroy_one(record: &mut dyn AnyModel, db: &Db, effects: &mut Effects) -> Result<()> {
    let model = record.definition().model;
    // The derive asks the compiler for records that can be destroyed.
    let record = record
        .as_record_mut()
        .ok_or_else(|| Error::message(format!("`{model}` is a read-only model")))?;
    destroy_within(record, db, effects).await
}
