//! Assertions that rustc checks: it knows the types of other models' fields, the macro does not.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;

use super::span::{behind, moved_tokens};
use crate::model::bond::effect_assertions;
use crate::model::ir::{Column, Declaration, Relation, RelationKey};
use crate::model::validation;

/// What only rustc knows: the types of keys, the fields of other models, and what has a length.
// Expands to: const _: fn() = || { assert_own_key::<i64, Project>(); … };
pub(super) fn assertions(declaration: &Declaration) -> Option<TokenStream> {
    let outline = &declaration.outline;
    let bonds = outline.relations.iter().zip(&declaration.bonds);
    let keys = bonds.filter_map(|(relation, bond)| match bond.key {
        RelationKey::Own { column, to: None } => {
            Some(own_key_assertion(&outline.columns[column], relation))
        }
        RelationKey::Any { column, model } => {
            let (key, model) = (&outline.columns[column].ty, &outline.columns[model].ty);
            Some(any_assertion(relation, key, model))
        }
        // Checked where it is looked up.
        _ => None,
    });
    let effects = outline.relations.iter().zip(&declaration.bonds);
    let effects = effects.filter_map(|(relation, bond)| effect_assertions(relation, bond));
    let rules = validation::assertions(outline, &declaration.validations);
    let version = declaration.lock_version.map(|column| {
        let ty = &outline.columns[column].ty;
        quote! { __private::assert_lock_version::<#ty>(); }
    });
    let assertions = keys.chain(effects).chain(rules).chain(version);
    let assertions: Vec<_> = assertions.collect();
    if assertions.is_empty() {
        return None;
    }
    Some(quote! {
        const _: fn() = || {
            #(#assertions)*
        };
    })
}

fn own_key_assertion(column: &Column, relation: &Relation) -> TokenStream {
    let (ty, target) = (&column.ty, &relation.target);
    quote! { __private::assert_own_key::<#ty, #target>(); }
}

fn any_assertion(relation: &Relation, key: &Type, model: &Type) -> TokenStream {
    // rustc would report under the enum that its models have other keys.
    let target = moved_tokens(&relation.target, behind(key));
    let key = quote_spanned! { behind(key) => __private::assert_any_key::<#target, #key>(); };
    let model = quote_spanned! { behind(model) => __private::assert_model_name::<#model>(); };
    quote! { #key #model }
}
