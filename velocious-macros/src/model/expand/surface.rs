//! The types that a model brings along: its handle in queries and the changes to assign; and what marks it as a record.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::span::behind;
use crate::model::args::RelationKind;
use crate::model::ir::{Column, Outline, Relation, position};
use crate::model::{password, translation};

// Expands to: pub struct TaskHandle<R>(Path, PhantomData<fn() -> R>);
pub(super) fn handle(outline: &Outline) -> TokenStream {
    let Outline {
        vis, ident, handle, ..
    } = outline;
    let doc = format!(" The columns and relationships of [`{ident}`] in a query.");
    quote! {
        #[doc = #doc]
        #vis struct #handle<R>(::velocious::__private::Path, ::core::marker::PhantomData<fn() -> R>);
    }
}

// Expands to:
//
//     impl<R: 'static> TaskHandle<R> {
//         pub fn name(&self) -> Column<R, String> { … }
//         pub fn project(&self) -> <Project as Model>::Handle<R> { … }
//     }
//     impl<R: 'static> RelationPath for TaskHandle<R> { … }
pub(super) fn handle_impl(outline: &Outline) -> TokenStream {
    let Outline { ident, handle, .. } = outline;
    let columns = outline.columns.iter().map(column_method);
    let relations = outline.relations.iter().enumerate();
    let relations = relations.map(|(index, relation)| relation_method(outline, index, relation));
    let texts = translation::handle_methods(outline);
    quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        impl<R: 'static> #handle<R> {
            #(#columns)*
            #(#relations)*
            #texts
        }

        #[automatically_derived]
        impl<R: 'static> __private::RelationPath for #handle<R> {
            type Root = R;
            type Target = #ident;
            fn path(&self) -> &__private::Path {
                &self.0
            }
            fn at(path: __private::Path) -> Self {
                Self(path, ::core::marker::PhantomData)
            }
        }
    }
}

fn column_method(column: &Column) -> TokenStream {
    let Column {
        vis,
        ident,
        ty,
        name,
        ..
    } = column;
    let doc = format!(" The column `{name}`.");
    quote! {
        #[doc = #doc]
        #vis fn #ident(&self) -> __private::Column<R, #ty> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), #name)
        }
    }
}

fn relation_method(outline: &Outline, index: usize, relation: &Relation) -> TokenStream {
    let Relation {
        vis, ident, target, ..
    } = relation;
    let owner = &outline.ident;
    let index = Literal::usize_unsuffixed(index);
    let (kind, related) = match relation.kind {
        RelationKind::BelongsToAny => (quote! { Polymorphic }, quote! { related_any }),
        _ => (quote! { Model }, quote! { related }),
    };
    let handle = quote_spanned! { target.span() => <#target as __private::#kind>::Handle<R> };
    let path = quote_spanned! { behind(target) =>
        __private::#related::<#owner, _>(&self.0, #index)
    };
    let doc = format!(" The relationship `{}`.", ident.unraw());
    quote! {
        #[doc = #doc]
        #vis fn #ident(&self) -> #handle {
            #path
        }
    }
}

// Expands to:
//
//     #[derive(Clone, Debug, Default)]
//     pub struct TaskChanges { pub name: Option<String>, … }
pub(super) fn changes(outline: &Outline) -> TokenStream {
    let Outline {
        vis,
        ident,
        changes,
        ..
    } = outline;
    let columns = changeable(outline).map(|(_, column)| column);
    let fields = columns.chain(&outline.transients).map(|column| {
        let Column { vis, ident, ty, .. } = column;
        let doc = format!(" The new value of `{}`.", ident.unraw());
        quote! { #[doc = #doc] #vis #ident: ::core::option::Option<#ty> }
    });
    let texts = translation::change_fields(outline);
    let password = password::change_fields(outline);
    let doc = format!(" New values for some fields of a [`{ident}`].");
    quote! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone,
            ::core::fmt::Debug,
            ::core::default::Default,
        )]
        #vis struct #changes {
            #(#fields,)*
            #(#texts,)*
            #password
        }
    }
}

/// Every column but the primary key, which is given once and never assigned.
pub(super) fn changeable(outline: &Outline) -> impl Iterator<Item = (usize, &Column)> {
    let columns = outline.columns.iter().enumerate();
    columns.filter(|(index, _)| Some(*index) != outline.primary_key)
}

// Expands to: impl Record for Task { … }, or to nothing.
pub(super) fn record_impl(outline: &Outline, methods: &TokenStream) -> Option<TokenStream> {
    let ident = &outline.ident;
    let (record, record_mut) = match (&outline.record, outline.callbacks) {
        (Some(record), _) => (quote! { &self.#record }, quote! { &mut self.#record }),
        // The mistake is told; its callbacks are none.
        (None, Some(_)) => (
            quote! { ::core::unreachable!() },
            quote! { ::core::unreachable!() },
        ),
        (None, None) => return None,
    };
    Some(quote! {
        #[automatically_derived]
        impl __private::Record for #ident {
            fn record(&self) -> &__private::RecordState {
                #record
            }
            fn record_mut(&mut self) -> &mut __private::RecordState {
                #record_mut
            }
            #methods
        }
    })
}

// Expands to: const LIFECYCLE: Option<Lifecycle<Self>> = Some(Lifecycle::of());
pub(super) fn lifecycle(word: Span) -> TokenStream {
    let of = quote_spanned! { word.resolved_at(Span::call_site()) => __private::Lifecycle::of() };
    quote! {
        const LIFECYCLE: ::core::option::Option<__private::Lifecycle<Self>> =
            ::core::option::Option::Some(#of);
    }
}

// Expands to: impl RunsCallbacks for Task {} and impl Timestamped for Task {}, as far as they are true.
pub(super) fn marks(outline: &Outline) -> TokenStream {
    let ident = &outline.ident;
    let callbacks = outline.callbacks.map(|_| quote! { RunsCallbacks });
    let is_timestamped = outline.record.is_some() && position(outline, "updated_at").is_some();
    let timestamped = is_timestamped.then(|| quote! { Timestamped });
    let marks = callbacks.into_iter().chain(timestamped);
    let marks = marks.map(|mark| {
        quote! {
            #[automatically_derived]
            impl __private::#mark for #ident {}
        }
    });
    marks.collect()
}

// Expands to: impl Task { pub async fn load_project(&mut self, db: &Db) -> Result<()> { … } }, or to nothing.
pub(super) fn loaders(outline: &Outline) -> Option<TokenStream> {
    if outline.relations.is_empty() {
        return None;
    }
    let ident = &outline.ident;
    let loaders = outline
        .relations
        .iter()
        .enumerate()
        .map(|(index, relation)| {
            let Relation { vis, ident, .. } = relation;
            let loader = format_ident!("load_{}", ident.unraw(), span = ident.span());
            let index = Literal::usize_unsuffixed(index);
            let doc = format!(
                " Loads the relationship `{}` from the database.",
                ident.unraw()
            );
            quote! {
                #[doc = #doc]
                #vis async fn #loader(
                    &mut self,
                    db: &__private::Db,
                ) -> __private::Result<()> {
                    <Self as __private::Model>::load_relation(self, db, #index).await
                }
            }
        });
    Some(quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        impl #ident {
            #(#loaders)*
        }
    })
}
