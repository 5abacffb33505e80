//! The data of relationships as Rust.
//!
//! * [`relation_definition`]: one relationship, with what ties its two ends together.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Ident, Type};

use super::expand::behind;
use super::ir::{Bond, Declaration, Relation, RelationKey, Source};

// Expands to: has_many::<Task, Comment>("comments", 2, 0).by(|| …).scoped(|| …)
pub(super) fn relation_definition(
    declaration: &Declaration,
    index: usize,
    relation: &Relation,
    bond: &Bond,
) -> TokenStream {
    let Relation { ident, target, .. } = relation;
    let owner = &declaration.outline.ident;
    let name = ident.unraw().to_string();
    let kind = format_ident!("{}", relation.kind.definition());
    let index = Literal::usize_unsuffixed(index);
    let columns = &declaration.outline.columns;
    let own_key = match &bond.key {
        RelationKey::Own { column, .. } | RelationKey::Any { column, .. } => *column,
        RelationKey::Theirs { to, .. } | RelationKey::As { to, .. } => *to,
        RelationKey::Through { .. } => declaration.primary_key,
    };
    let own_type = &columns[own_key].ty;
    let own_key = Literal::usize_unsuffixed(own_key);
    let key = match &bond.key {
        RelationKey::Own { to: None, .. } | RelationKey::Any { .. } => None,
        RelationKey::Own { to: Some(to), .. } => Some(referred_key(own_type, target, to)),
        RelationKey::Theirs { field, .. } => Some(their_key(own_type, target, field)),
        RelationKey::As {
            field,
            model,
            relation,
            ..
        } => {
            let key = their_key(own_type, target, field);
            let model = their_type(owner, target, relation, model);
            Some(quote! { #key #model })
        }
        RelationKey::Through {
            first,
            model,
            source,
            variant,
        } => Some(through(
            owner,
            target,
            first,
            model,
            source,
            variant.as_ref(),
        )),
    };
    let own_type = match bond.key {
        RelationKey::Any { model, .. } => {
            let model = Literal::usize_unsuffixed(model);
            Some(quote! { , #model })
        }
        _ => None,
    };
    let distinct = bond.distinct.then(|| quote! { .distinct() });
    let scope = bond.scope.as_ref().map(|scope| {
        let at = quote_spanned! { behind(scope) => __private::scope::<#target> };
        quote! { .scoped(|| #at(#scope)) }
    });
    let new = quote_spanned! { behind(target) => __private::#kind::<#owner, #target> };
    quote! {
        #new(#name, #index, #own_key #own_type)
        #key
        #scope
        #distinct
    }
}

/// The column of the other model that holds the key; a complaint about it stands where its name comes from.
fn their_key(own: &Type, target: &Type, field: &Ident) -> TokenStream {
    let key = quote_spanned! { behind(field) =>
        __private::their_key::<#own, #target, _>(|target| target.#field())
    };
    quote! { .by(|| #key) }
}

/// The column of the other model that says of which model its related record is, which may be this one.
fn their_type(owner: &Ident, target: &Type, relation: &Ident, field: &Ident) -> TokenStream {
    let model = quote_spanned! { behind(relation) =>
        __private::their_type::<#owner, #target, _, _>(|target| target.#relation(), |target| target.#field())
    };
    quote! { .typed(|| #model) }
}

/// The column of the other model that the key here refers to.
fn referred_key(own: &Type, target: &Type, field: &Ident) -> TokenStream {
    let key = quote_spanned! { behind(field) =>
        __private::referred_key::<#target, _>(|target| target.#field()).held_as::<#own>()
    };
    quote! { .by(|| #key) }
}

/// The way through others. Where its second half may have two names, a trait answers for the one that is not there:
/// the handle's own methods come first.
fn through(
    owner: &Ident,
    target: &Type,
    first: &Ident,
    model: &Type,
    source: &Source,
    variant: Option<&Ident>,
) -> TokenStream {
    let variant = variant.map(|variant| quote_spanned! { behind(variant) => .#variant() });
    match source {
        Source::Given(source) => {
            let through = quote_spanned! { behind(source) =>
                __private::way(__private::root::<#owner>().#first().#source()#variant).leads_to::<#owner, #target>()
            };
            quote! { .through(|| #through) }
        }
        Source::Either(one, other) => {
            let through = quote_spanned! { behind(one) => {
                trait __Sources {
                    fn #one(&self) {}
                    fn #other(&self) {}
                }
                impl<T> __Sources for T {}
                let through = __private::root::<#owner>().#first();
                __private::either::<#model, _>((through.#one(), through.#other())).leads_to::<#owner, #target>()
            } };
            quote! { .through(|| #through) }
        }
    }
}
