//! The rules of what a record does to its related records: `dependent`, `inverse`, `counter_cache` and `touch`.

use proc_macro2::Span;
use syn::Ident;
use syn::ext::IdentExt;

use super::args::{ModelArgs, RelationArgs, RelationKind};
use super::ir::{Dependent, Fate, Touch};
use crate::fault::{Faults, unknown};

const FATES: [(&str, Fate); 4] = [
    ("destroy", Fate::Destroy),
    ("delete", Fate::Delete),
    ("nullify", Fate::Nullify),
    ("restrict", Fate::Restrict),
];

/// What becomes of the related records, one of four.
pub(super) fn dependent(relation: &RelationArgs, faults: &mut Faults) -> Option<Dependent> {
    let word = &relation.options.dependent.as_ref()?.0;
    on_the_side_that_is_referred_to("dependent", word.span(), relation, faults);
    let name = word.unraw().to_string();
    match FATES.iter().find(|(known, _)| *known == name) {
        Some((_, fate)) => Some(Dependent {
            fate: *fate,
            word: word.clone(),
        }),
        None => {
            let known = FATES.map(|(known, _)| known);
            faults.at(word, unknown("`dependent`", "choice", &name, &known));
            None
        }
    }
}

/// The relationship that leads back.
pub(super) fn inverse(relation: &RelationArgs, faults: &mut Faults) -> Option<Ident> {
    let name = &relation.options.inverse.as_ref()?.0;
    on_the_side_that_is_referred_to("inverse", name.span(), relation, faults);
    Some(name.clone())
}

/// The field that counts, by convention `<models>_count`.
pub(super) fn counter(
    args: &ModelArgs,
    relation: &RelationArgs,
    faults: &mut Faults,
) -> Option<Ident> {
    let counter = relation.options.counter_cache.as_ref()?;
    on_the_side_that_has_the_key("counter_cache", counter.span, relation, faults);
    if relation.kind == RelationKind::BelongsToAny {
        faults.at_span(
            counter.span,
            "only records of one model can be counted; remove `counter_cache`",
        );
    }
    Some(counter.name.clone().unwrap_or_else(|| {
        let model = velocious_naming::snake(&args.ident.unraw().to_string());
        let name = format!("{}_count", velocious_naming::pluralize(&model));
        Ident::new(&name, counter.span)
    }))
}

/// What is set of the other record.
pub(super) fn touch(relation: &RelationArgs, faults: &mut Faults) -> Option<Touch> {
    let touch = relation.options.touch.as_ref()?;
    on_the_side_that_has_the_key("touch", touch.span, relation, faults);
    match (&touch.name, relation.kind) {
        (Some(name), RelationKind::BelongsToAny) => {
            faults.at(
                name,
                "the models that this may lead to have no field in common; write only `touch`",
            );
            None
        }
        (None, RelationKind::BelongsToAny) => Some(Touch::Updated),
        (None, _) => Some(Touch::Column(Ident::new("updated_at", touch.span))),
        (Some(name), _) => Some(Touch::Column(name.clone())),
    }
}

fn on_the_side_that_is_referred_to(
    option: &str,
    span: Span,
    relation: &RelationArgs,
    faults: &mut Faults,
) {
    if relation.kind.is_belonging() {
        faults.at_span(
            span,
            format!(
                "`{option}` is for the side that is referred to: `#[has_one]` and `#[has_many]`"
            ),
        );
    } else if let Some(through) = &relation.options.through {
        faults.at_span(
            span,
            format!(
                "what goes through `{0}` refers to `{0}` and not to this record; write `{option}` there",
                through.0
            ),
        );
    }
}

fn on_the_side_that_has_the_key(
    option: &str,
    span: Span,
    relation: &RelationArgs,
    faults: &mut Faults,
) {
    if !relation.kind.is_belonging() {
        faults.at_span(
            span,
            format!("`{option}` is for the side that has the key: `#[belongs_to]`"),
        );
    }
}
