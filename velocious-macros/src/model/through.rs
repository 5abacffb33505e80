//! The rules of relationships that go through others.
//!
//! * [`key`]: along which relationships one goes.
//! * [`options_go_with_through`]: that nobody says where to go on without saying where to start.

use proc_macro2::Span;
use syn::Ident;
use syn::ext::IdentExt;

use super::args::{FieldArgs, ModelArgs, RelationArgs, RelationKind, RelationOptions};
use super::ir::{Outline, RelationKey, Source};
use crate::fault::{Faults, unknown};
use crate::option::TypeName;

/// The way of the relationship `field` through the one called `first`.
pub(super) fn key(
    args: &ModelArgs,
    outline: &Outline,
    field: &FieldArgs,
    first: &Ident,
    faults: &mut Faults,
) -> Option<RelationKey> {
    let relation = field.relations.first()?;
    not_for_belongs_to(relation, first, faults);
    no_key_of_its_own(relation, first, faults);
    let known = outline.relations.iter().find(|known| known.ident == *first);
    let Some(known) = known else {
        let names: Vec<_> = outline
            .relations
            .iter()
            .filter(|known| known.ident != field.ident)
            .map(|known| known.ident.unraw().to_string())
            .collect();
        let (model, name) = (format!("`{}`", args.ident), first.unraw().to_string());
        faults.at(first, unknown(&model, "relationship", &name, &names));
        return None;
    };
    not_through_itself(args, field, first, faults);
    source_of_several_models_is_named(relation, faults);
    Some(RelationKey::Through {
        first: first.clone(),
        model: Box::new(known.target.clone()),
        source: source(field, relation),
        variant: relation.options.source_type.as_ref().and_then(variant),
    })
}

/// Where to go on is said together with where to start, and only several ways can lead to one record.
pub(super) fn options_go_with_through(relation: &RelationArgs, faults: &mut Faults) {
    let RelationOptions {
        source,
        source_type,
        distinct,
        ..
    } = &relation.options;
    if let Some(source) = source {
        faults.at(
            &source.0,
            "`source` is a relationship of the model that is gone through; say which one that is with `through = …`",
        );
    }
    if let Some(source_type) = source_type {
        faults.at(
            &source_type.0,
            "`source_type` goes with `source`, the relationship that leads to several models",
        );
    }
    if let Some(distinct) = distinct {
        faults.at_span(
            distinct.0,
            "`distinct` is for what goes `through` others; every record is there once as it is",
        );
    }
}

/// A record belongs to the record whose key it holds, and to no other one.
fn not_for_belongs_to(relation: &RelationArgs, first: &Ident, faults: &mut Faults) {
    if relation.kind.is_belonging() {
        faults.at(
            first,
            "a `#[belongs_to]` has its key here and goes through nothing; write `#[has_one]` and `HasOne<…>`",
        );
    }
}

/// The keys are those of the relationships that are gone through.
fn no_key_of_its_own(relation: &RelationArgs, first: &Ident, faults: &mut Faults) {
    let RelationOptions {
        key,
        primary_key,
        as_,
        ..
    } = &relation.options;
    for (name, key) in [("key", key), ("primary_key", primary_key), ("as", as_)] {
        if let Some(key) = key {
            faults.at(
                &key.0,
                format!("what goes through `{first}` has no key of its own; remove `{name}`"),
            );
        }
    }
}

/// A way that comes back to where it started never ends.
fn not_through_itself(args: &ModelArgs, field: &FieldArgs, first: &Ident, faults: &mut Faults) {
    let mut way: Vec<&Ident> = Vec::new();
    let mut next = Some(first);
    while let Some(name) = next.filter(|name| !way.contains(name)) {
        if *name == field.ident {
            let how = match way.is_empty() {
                true => "goes through itself".to_owned(),
                false => format!("goes through `{first}`, which comes back to it"),
            };
            let message = format!("`{}` {how}; start from another relationship", field.ident);
            return faults.at(first, message);
        }
        way.push(name);
        let field = args.fields.iter().find(|field| field.ident == *name);
        let relation = field.and_then(|field| field.relations.first());
        next = relation.and_then(|relation| Some(&relation.options.through.as_ref()?.0));
    }
}

/// Where the way leads to several models, it is not called like one of them.
fn source_of_several_models_is_named(relation: &RelationArgs, faults: &mut Faults) {
    if let (Some(model), None) = (&relation.options.source_type, &relation.options.source) {
        faults.at(
            &model.0,
            "say with `source = …` which relationship leads to several models, of which `source_type` is one",
        );
    }
}

/// By convention the source is called like the field, in the plural or in the singular.
fn source(field: &FieldArgs, relation: &RelationArgs) -> Source {
    if let Some(source) = &relation.options.source {
        return Source::Given(source.0.clone());
    }
    let name = field.name();
    let other = match relation.kind {
        RelationKind::HasMany => velocious_naming::singularize(&name),
        _ => velocious_naming::pluralize(&name),
    };
    match other == name {
        true => Source::Given(field.ident.clone()),
        false => Source::Either(field.ident.clone(), identifier(&other, field.ident.span())),
    }
}

/// The method of the handle that leads to the records of one model.
fn variant(model: &TypeName) -> Option<Ident> {
    let model = &model.0.segments.last()?.ident;
    let name = velocious_naming::snake(&model.unraw().to_string());
    Some(identifier(&name, model.span()))
}

fn identifier(name: &str, span: Span) -> Ident {
    match velocious_naming::is_rust_keyword(name) {
        true => Ident::new_raw(name, span),
        false => Ident::new(name, span),
    }
}
