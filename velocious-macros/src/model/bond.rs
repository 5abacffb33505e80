//! The data of relationships as Rust.
//!
//! * [`relation_definition`]: one relationship, with what ties its two ends together.
//! * [`effect_assertions`]: what its options ask of the other model.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Ident, Type};

use super::expand::{behind, moved, moved_tokens};
use super::ir::{Bond, Declaration, Dependent, Fate, Relation, RelationKey, Source, Touch};

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
    let own_key = own_key(declaration, bond);
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
    let effects = effects(owner, target, bond);
    let translated = (!relation.is_field).then(|| quote! { .translated(&TRANSLATIONS) });
    quote! {
        #new(#name, #index, #own_key #own_type)
        #key
        #scope
        #distinct
        #effects
        #translated
    }
}

/// The column of this model from which a relationship starts.
fn own_key(declaration: &Declaration, bond: &Bond) -> usize {
    match &bond.key {
        RelationKey::Own { column, .. } | RelationKey::Any { column, .. } => *column,
        RelationKey::Theirs { to, .. } | RelationKey::As { to, .. } => *to,
        RelationKey::Through { first, .. } => {
            let relations = declaration.outline.relations.iter();
            let mut bonds = relations.zip(&declaration.bonds);
            let first = bonds.find(|(relation, _)| relation.ident == *first);
            first.map_or(declaration.primary_key, |(_, first)| {
                own_key(declaration, first)
            })
        }
    }
}

/// What happens to the related records.
fn effects(owner: &Ident, target: &Type, bond: &Bond) -> TokenStream {
    let dependent = bond.dependent.as_ref().map(|Dependent { fate, .. }| {
        let fate = format_ident!("{}", format!("{fate:?}"));
        quote! { .dependent(__private::Dependent::#fate) }
    });
    let inverse = bond.inverse.as_ref().map(|inverse| {
        let check = match bond.key {
            RelationKey::As { .. } => quote! { inverse_any },
            _ => quote! { inverse },
        };
        let inverse = quote_spanned! { behind(inverse) =>
            __private::#check::<#owner, #target, _>(|target| target.#inverse())
        };
        quote! { .inverse(|| #inverse) }
    });
    let counter = bond.counter.as_ref().map(|counter| {
        let counter = quote_spanned! { behind(counter) =>
            __private::counter::<#target, _>(|target| target.#counter())
        };
        quote! { .counted(|| #counter) }
    });
    let touch = bond.touch.as_ref().map(|touch| match touch {
        Touch::Updated => quote! { .touching() },
        Touch::Column(column) => {
            let column = quote_spanned! { behind(column) =>
                __private::touched::<#target, _>(|target| target.#column())
            };
            quote! { .touching_column(|| #column) }
        }
    });
    quote! { #dependent #inverse #counter #touch }
}

/// What only rustc knows of the related model: whether its records can be destroyed, whether its key can be NULL.
pub(super) fn effect_assertions(relation: &Relation, bond: &Bond) -> Option<TokenStream> {
    let Dependent { fate, word } = bond.dependent.as_ref()?;
    let target = &relation.target;
    match fate {
        // The complaint is about the word, not about the type.
        Fate::Destroy => {
            let target = moved_tokens(target, behind(word));
            Some(quote_spanned! { behind(word) => __private::assert_destroyed::<#target>(); })
        }
        Fate::Nullify => {
            let (field, model) = match &bond.key {
                RelationKey::Theirs { field, .. } => (field, None),
                RelationKey::As { field, model, .. } => (field, Some(model)),
                _ => return None,
            };
            let fields = std::iter::once(field).chain(model).map(|field| {
                let field = moved(field, behind(word));
                quote_spanned! { behind(word) =>
                    __private::assert_nullified::<#target, _>(|target| target.#field());
                }
            });
            Some(fields.collect())
        }
        Fate::Delete | Fate::Restrict => None,
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
