//! The rules of relationships.
//!
//! * [`is_relation`], [`relation`]: which field is one, and to which model.
//! * [`bond`]: what ties both ends together: the foreign key, or the relationships it goes through.

use syn::ext::IdentExt;
use syn::{GenericArgument, Ident, PathArguments, Type};

use super::args::{FieldArgs, ModelArgs, RelationArgs, RelationKind};
use super::ir::{Bond, Outline, Relation, RelationKey, column_names, last_segment, position};
use super::{effect, polymorphic, through};
use crate::fault::{Faults, unknown};

/// Whether a field is a relationship: by its attribute, or by the type that only a relationship has.
pub(super) fn is_relation(field: &FieldArgs) -> bool {
    !field.relations.is_empty() || slot(&field.ty).is_some()
}

/// The relationship that `field` is, unless nobody can say to which model.
pub(super) fn relation(field: &FieldArgs, faults: &mut Faults) -> Option<Relation> {
    let slot = slot(&field.ty);
    let declared = one_relationship_a_field(field, faults);
    match (declared, slot) {
        (Some(relation), _) => slot_fits_the_attribute(field, relation, slot, faults),
        (None, Some(kind)) => attribute_is_there(field, kind, faults),
        (None, None) => {}
    }
    Some(Relation {
        vis: field.vis.clone(),
        ident: field.ident.clone(),
        kind: slot.or(declared.map(|relation| relation.kind))?,
        target: target(&field.ty)?,
        is_field: true,
    })
}

/// A slot holds records of one model, by one kind of relationship.
fn one_relationship_a_field<'a>(
    field: &'a FieldArgs,
    faults: &mut Faults,
) -> Option<&'a RelationArgs> {
    let (first, rest) = field.relations.split_first()?;
    for RelationArgs { word, .. } in rest {
        faults.at(
            word,
            format!("a field is one relationship; give `#[{word}]` a field of its own"),
        );
    }
    Some(first)
}

/// Preloading fills the slot of the attribute's kind. A type whose name we do not know may be an alias of it, and is
/// left to rustc.
fn slot_fits_the_attribute(
    field: &FieldArgs,
    relation: &RelationArgs,
    slot: Option<RelationKind>,
    faults: &mut Faults,
) {
    let target = target(&field.ty);
    if target.is_some() && slot.is_none_or(|slot| slot == relation.kind) {
        return;
    }
    if (relation.kind, slot) == (RelationKind::BelongsTo, Some(RelationKind::BelongsToAny)) {
        let word = &relation.word;
        let message = "this leads to one model or another; write `#[belongs_to(polymorphic)]`";
        return faults.at(word, message);
    }
    let (attribute, wanted) = (relation.kind.written(), relation.kind.slot());
    if relation.kind == RelationKind::BelongsToAny {
        faults.at(
            &field.ty,
            format!(
                "the type of a field under `#[{attribute}]` is `{wanted}<…>`, of an enum of models"
            ),
        );
        return;
    }
    let model = target.map_or_else(|| "…".to_owned(), |target| crate::fault::source(&target));
    faults.at(
        &field.ty,
        format!("the type of a field under `#[{attribute}]` is `{wanted}<{model}>`"),
    );
}

/// Without the attribute nobody knows the key, and the next reader not that this is a relationship.
fn attribute_is_there(field: &FieldArgs, kind: RelationKind, faults: &mut Faults) {
    let (name, attribute) = (field.name(), kind.written());
    faults.at(
        &field.ident,
        format!("`{name}` is a relationship; write `#[{attribute}]` above it"),
    );
}

/// What ties both ends of the relationship `field` together, if it is one.
pub(super) fn bond(
    args: &ModelArgs,
    outline: &Outline,
    field: &FieldArgs,
    faults: &mut Faults,
) -> Option<Bond> {
    let relation = field.relations.first()?;
    // A field of the wrong type has been complained about, and may be another relationship once it is mended.
    outline
        .relations
        .iter()
        .find(|known| known.ident == field.ident && known.kind == relation.kind)?;
    polymorphic::options_fit(field, relation, faults);
    let key = match &relation.options.through {
        Some(first) => through::key(args, outline, field, &first.0, faults),
        None => {
            through::options_go_with_through(relation, faults);
            relation_key(args, outline, field, relation, faults)
        }
    };
    Some(Bond {
        key: key?,
        scope: relation.options.scope.as_ref().map(|code| code.0.clone()),
        distinct: relation.options.distinct.is_some(),
        dependent: effect::dependent(relation, faults),
        inverse: effect::inverse(relation, faults),
        counter: effect::counter(args, relation, faults),
        touch: effect::touch(relation, faults),
    })
}

/// A relationship needs its foreign key: by convention `<relation>_id` in the model that belongs, `<model>_id` in the
/// one that is had.
fn relation_key(
    args: &ModelArgs,
    outline: &Outline,
    field: &FieldArgs,
    relation: &RelationArgs,
    faults: &mut Faults,
) -> Option<RelationKey> {
    let given = relation.options.key.as_ref().map(|name| &name.0);
    let to = relation.options.primary_key.as_ref().map(|name| &name.0);
    if relation.kind.is_belonging() {
        let name = match given {
            Some(name) => name.unraw().to_string(),
            None => format!("{}_id", field.name()),
        };
        let column = position(outline, &name);
        if column.is_none() {
            no_foreign_key(args, outline, field, given, &name, faults);
        }
        return match relation.kind {
            RelationKind::BelongsToAny => {
                let model = polymorphic::model_column(args, outline, field, faults);
                column
                    .zip(model)
                    .map(|(column, model)| RelationKey::Any { column, model })
            }
            _ => column.map(|column| RelationKey::Own {
                column,
                to: to.cloned(),
            }),
        };
    }
    // Nobody wrote this name, so rustc shall not suggest to rename the field that it stands under.
    let to = match to {
        None => outline.primary_key,
        Some(to) => own_column(args, outline, to, faults),
    }?;
    if let Some(other_end) = &relation.options.as_ {
        return Some(polymorphic::other_end(&other_end.0, given, to));
    }
    let conventional = || {
        let owner = velocious_naming::snake(&args.ident.unraw().to_string());
        Ident::new(&format!("{owner}_id"), field.ident.span())
    };
    let field = given.cloned().unwrap_or_else(conventional);
    Some(RelationKey::Theirs { field, to })
}

/// What others refer to is a column.
fn own_column(
    args: &ModelArgs,
    outline: &Outline,
    name: &Ident,
    faults: &mut Faults,
) -> Option<usize> {
    let text = name.unraw().to_string();
    let column = position(outline, &text);
    if column.is_none() {
        let model = format!("`{}`", args.ident);
        faults.at(
            name,
            unknown(&model, "column", &text, &column_names(outline)),
        );
    }
    column
}

fn no_foreign_key(
    args: &ModelArgs,
    outline: &Outline,
    field: &FieldArgs,
    given: Option<&Ident>,
    name: &str,
    faults: &mut Faults,
) {
    if let Some(given) = given {
        own_column(args, outline, given, faults);
        return;
    }
    let columns = column_names(outline);
    let other = velocious_naming::nearest(name, &columns).unwrap_or("…");
    faults.at(
        &field.ident,
        format!(
            "`{}` needs its key, and `{}` has no field `{name}`; add `pub {name}: i64`, or name another field \
             with `#[belongs_to(key = {other})]`",
            field.name(),
            args.ident,
        ),
    );
}

/// Which slot a type is, if it is one.
fn slot(ty: &Type) -> Option<RelationKind> {
    let segment = last_segment(ty)?;
    RelationKind::ALL
        .into_iter()
        .find(|kind| segment.ident == kind.slot())
}

/// The `Project` of `BelongsTo<Project>`.
fn target(ty: &Type) -> Option<Type> {
    let PathArguments::AngleBracketed(arguments) = &last_segment(ty)?.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(target)) if arguments.args.len() == 1 => Some(target.clone()),
        _ => None,
    }
}
