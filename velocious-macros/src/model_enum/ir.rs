//! An enum as meant: [`Declaration`], and the rules that make one.

use proc_macro2::Span;
use syn::Ident;
use syn::ext::IdentExt;

use super::args::{EnumArgs, Stored, VariantArgs, number};
use crate::fault::Faults;

/// An enum that can be a column.
pub(super) struct Declaration {
    pub(super) ident: Ident,
    pub(super) variants: Vec<Variant>,
    /// Whether the database holds numbers.
    pub(super) is_integer: bool,
    /// Whether it is written to JSON and read from parameters.
    pub(super) has_serde: bool,
}

/// One of its variants.
pub(super) struct Variant {
    pub(super) ident: Ident,
    pub(super) name: String,
    pub(super) number: i32,
}

/// The enum, as far as it can be told, with what is wrong in `faults`.
pub(super) fn check(args: EnumArgs, faults: &mut Faults) -> Declaration {
    let is_integer = args.options.integer.is_some();
    if args.variants.is_empty() {
        faults.at(
            &args.ident,
            "no value is of an enum without variants; add one",
        );
    }
    let mut variants: Vec<(Variant, Span)> = Vec::new();
    let mut next = 0;
    for variant in &args.variants {
        value_fits_the_kind(variant, is_integer, faults);
        let (variant, span) = read(variant, next);
        next = variant.number.wrapping_add(1);
        values_differ(&variants, &variant, span, is_integer, faults);
        variants.push((variant, span));
    }
    Declaration {
        ident: args.ident,
        variants: variants.into_iter().map(|(variant, _)| variant).collect(),
        is_integer,
        has_serde: args.options.serde.is_none_or(|answer| answer.0),
    }
}

/// A variant, which has the number `next` unless it has another one, and where its value is said.
fn read(args: &VariantArgs, next: i32) -> (Variant, Span) {
    let mut variant = Variant {
        ident: args.ident.clone(),
        name: velocious_naming::snake(&args.ident.unraw().to_string()),
        number: args.discriminant.as_ref().and_then(number).unwrap_or(next),
    };
    let mut span = args.ident.span();
    match &args.options.value {
        Some(Stored::Name(name)) => {
            variant.name = name.value();
            span = name.span();
        }
        Some(Stored::Number(number, at)) => {
            variant.number = *number;
            span = *at;
        }
        None => {}
    }
    (variant, span)
}

/// Where the database holds names there is no number, and the other way round.
fn value_fits_the_kind(variant: &VariantArgs, is_integer: bool, faults: &mut Faults) {
    match &variant.options.value {
        Some(Stored::Number(number, span)) if !is_integer => faults.at_span(
            *span,
            format!("the database holds names; write `value = \"{number}\"`, or `#[model_enum(integer)]` on the enum"),
        ),
        Some(Stored::Name(name)) if is_integer => faults.at(
            name,
            "the database holds numbers; write `value = 1`, or remove `integer` from the enum",
        ),
        _ => {}
    }
}

/// What the database holds says which variant it is.
fn values_differ(
    earlier: &[(Variant, Span)],
    variant: &Variant,
    span: Span,
    is_integer: bool,
    faults: &mut Faults,
) {
    let same = |known: &Variant| match is_integer {
        true => known.number == variant.number,
        false => known.name == variant.name,
    };
    if let Some((known, _)) = earlier.iter().find(|(known, _)| same(known)) {
        let value = match is_integer {
            true => variant.number.to_string(),
            false => variant.name.clone(),
        };
        faults.at_span(
            span,
            format!(
                "`{}` is `{value}` in the database already; give one of the two another value",
                known.ident
            ),
        );
    }
}
