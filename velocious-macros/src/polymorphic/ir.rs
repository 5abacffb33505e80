//! An enum of models as meant: [`Declaration`], and the rules that make one.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Ident, Type, Visibility};

use crate::fault::Faults;

/// An enum of models.
pub(super) struct Declaration {
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    pub(super) variants: Vec<Variant>,
}

/// One of the models.
pub(super) struct Variant {
    pub(super) ident: Ident,
    pub(super) model: Type,
    /// The method of the handle that leads to it.
    pub(super) method: Ident,
}

/// Judges the item under `#[derive(Polymorphic)]`. What can be said of it in spite of a mistake is said.
pub(super) fn check(input: &DeriveInput, faults: &mut Faults) -> Option<Declaration> {
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        faults.at(
            &input.generics,
            "a relationship leads to models, so this cannot be generic; name them in variants",
        );
        return None;
    }
    let Data::Enum(data) = &input.data else {
        faults.at(
            ident,
            format!(
                "`{ident}` is not an enum; write `enum {ident} {{ Task(Task), Project(Project) }}`"
            ),
        );
        return None;
    };
    if data.variants.is_empty() {
        faults.at(
            ident,
            format!("`{ident}` names no model, so nothing can lead to one; add a variant like `Task(Task)`"),
        );
        return None;
    }
    let variants = data.variants.iter();
    Some(Declaration {
        vis: input.vis.clone(),
        ident: ident.clone(),
        variants: variants
            .filter_map(|variant| one_model(variant, faults))
            .collect(),
    })
}

/// A record is of one model, so a variant holds just that.
fn one_model(variant: &syn::Variant, faults: &mut Faults) -> Option<Variant> {
    let ident = &variant.ident;
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(Variant {
            ident: ident.clone(),
            model: fields.unnamed[0].ty.clone(),
            method: method(ident),
        }),
        _ => {
            faults.at(
                variant,
                format!("a variant holds one record, like `{ident}({ident})`"),
            );
            None
        }
    }
}

fn method(variant: &Ident) -> Ident {
    let name = velocious_naming::snake(&variant.unraw().to_string());
    let span: Span = variant.span();
    match velocious_naming::is_rust_keyword(&name) {
        true => Ident::new_raw(&name, span),
        false => Ident::new(&name, span),
    }
}
