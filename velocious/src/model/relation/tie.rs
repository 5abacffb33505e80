//! Ties related records to the record that has them: sets their key, and finds them by it.

use super::held::Held;
use crate::model::erased::AnyModel;
use crate::model::{Model, RelationDefinition, RelationKind};
use crate::query::select::{Join, JoinKind, Select};
use crate::query::{Expression, Facet, Link, Query, links, way};
use crate::value::Value;
use crate::{Error, Result};

/// Makes a record refer to the one that has the field.
///
/// # Errors
/// When that one has no row, or the relationship goes through others.
pub(super) fn to_owner(held: &Held, record: &mut dyn AnyModel) -> Result<()> {
    to_key(held.relation()?, held.owner()?, record)
}

/// Makes a record refer to the owner with this key along one of the owner's relationships.
///
/// # Errors
/// When the relationship goes through others.
pub(crate) fn to_key(
    relation: &'static RelationDefinition,
    key: &Value,
    record: &mut dyn AnyModel,
) -> Result<()> {
    if relation.through.is_some() {
        return Err(Error::message(format!(
            "`{}` of `{}` goes through others, so its records cannot be created alone: build them, and save the whole",
            relation.name,
            relation.model(),
        )));
    }
    let definition = record.definition();
    let mut set = |column: &str, value: Value| match definition.column(column) {
        Some(column) if record.value(column) != value => record
            .set_value(column, value)
            .map_err(|error| Error::message(error.to_string())),
        _ => Ok(()),
    };
    set(relation.their_key_in(definition), key.clone())?;
    match relation.their_type {
        Some(column) => set(column(), Value::Text(relation.model().to_owned())),
        None => Ok(()),
    }
}

/// A new record with what the scope of the relationship asks of it, as far as that is for certain values.
pub(super) fn new_along<T: Model>(held: &Held) -> T {
    let mut record = T::new();
    let relation = held.relation().ok();
    if let Some(scope) = relation.and_then(|relation| relation.scope) {
        meet(&mut record, scope());
    }
    record
}

/// Gives a record the values that a condition says it has.
fn meet<T: Model>(record: &mut T, condition: Expression) {
    match condition {
        Expression::All(all) => all.into_iter().for_each(|one| meet(record, one)),
        Expression::Binary(column, " = ", value) => {
            if let (Expression::Column(path, column), Expression::Value(value)) = (*column, *value)
                && path.is_root()
                && let Some(column) = T::definition().column(column)
            {
                // A comparison that compiles is with a value that the column takes.
                let _ = Model::set_value(record, column, value);
            }
        }
        _ => {}
    }
}

/// The two relationships of a way to many along a model that belongs to both ends.
///
/// # Errors
/// When the way is another one, on which nobody knows what is to be made.
pub(crate) fn between(
    relation: &'static RelationDefinition,
) -> Result<(&'static RelationDefinition, &'static RelationDefinition)> {
    let links = links(relation, &Facet::Whole);
    match links.as_slice() {
        [first, second]
            if first.relation.kind != RelationKind::BelongsTo
                && second.relation.kind == RelationKind::BelongsTo
                && second.relation.target().is_some() =>
        {
            Ok((first.relation, second.relation))
        }
        _ => Err(Error::message(format!(
            "nobody knows what to make between a `{}` and what is added to its `{}`: build what is between, and add to that",
            relation.model(),
            relation.name,
        ))),
    }
}

/// A query for the related records of the record that has the field.
///
/// # Errors
/// When that one has no row.
pub(super) fn query<T: Model>(held: &Held) -> Result<Query<T>> {
    let relation = held.relation()?;
    let owner = held.owner()?.clone();
    let (first, path) = way(relation, &Facet::Whole);
    let conditions = conditions(&first, owner);
    if path.is_root() {
        let query = conditions
            .into_iter()
            .fold(Query::default(), Query::and_condition);
        return Ok(query);
    }
    let mut select = Select::new(first.target());
    select.conditions = conditions;
    let key = T::definition().key_name();
    select.items = vec![Expression::Column(path.clone(), key)];
    select.joins.push(Join {
        path,
        kind: JoinKind::Inner,
    });
    Ok(Query::default().and_condition(Expression::InSelect {
        of: Box::new(Expression::own(key)),
        select: Box::new(select),
    }))
}

/// What the records at the end of the first link meet that refer to this key.
pub(crate) fn conditions(first: &Link, key: Value) -> Vec<Expression> {
    let key = Expression::equal(Expression::own(first.their_key()), key);
    std::iter::once(key).chain(first.conditions()).collect()
}
