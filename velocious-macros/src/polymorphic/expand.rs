//! An enum of models as Rust: a handle for queries, and the traits of the runtime.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::ir::{Declaration, Variant};

/// Everything the runtime and the user's code need; the variants with a mistake are left out, unless it `is_whole`.
pub(super) fn expand(declaration: &Declaration, is_whole: bool) -> TokenStream {
    let Declaration { vis, ident, .. } = declaration;
    let handle = format_ident!("{ident}Handle");
    let doc = format!(" What a [`{ident}`] can be, in a query.");
    let methods = declaration.variants.iter().enumerate();
    let methods = methods.map(|(index, variant)| method(declaration, index, variant));
    let polymorphic = polymorphic(declaration, is_whole);
    let includes = declaration
        .variants
        .iter()
        .map(|variant| includes(declaration, variant));
    let any_key = any_key(declaration);
    quote! {
        #[doc = #doc]
        #vis struct #handle<R>(::velocious::__private::Path, ::core::marker::PhantomData<fn() -> R>);
        const _: () = {
            use ::velocious::__private;
            #[automatically_derived]
            #[allow(dead_code)]
            impl<R: 'static> #handle<R> {
                #(#methods)*
            }

            #[automatically_derived]
            impl<R: 'static> __private::PreloadPath for #handle<R> {
                type Root = R;
                fn preload_path(&self) -> &__private::Path {
                    &self.0
                }
            }

            #[automatically_derived]
            impl<R: 'static> __private::AnyHandle for #handle<R> {
                type Any = #ident;
                fn at(path: __private::Path) -> Self {
                    Self(path, ::core::marker::PhantomData)
                }
            }

            #polymorphic
            #(#includes)*
            #any_key
        };
    }
}

fn method(declaration: &Declaration, index: usize, variant: &Variant) -> TokenStream {
    let vis = &declaration.vis;
    let Variant { model, method, .. } = variant;
    let index = Literal::usize_unsuffixed(index);
    let doc = format!(
        " The record, if it is a [`{}`].",
        crate::fault::source(model)
    );
    let handle = quote_spanned! { behind(model) => <#model as __private::Model>::Handle<R> };
    let variant = quote_spanned! { behind(model) => __private::variant(&self.0, #index) };
    quote! {
        #[doc = #doc]
        #vis fn #method(&self) -> #handle {
            #variant
        }
    }
}

// Expands to: impl Polymorphic for Subject { fn variants() -> … fn model(&self) -> … }
fn polymorphic(declaration: &Declaration, is_whole: bool) -> TokenStream {
    let ident = &declaration.ident;
    let handle = format_ident!("{ident}Handle");
    let loaders = declaration.variants.iter().map(|Variant { model, .. }| {
        quote_spanned! { behind(model) => __private::Loader::of_variant::<#ident, #model>() }
    });
    let arms = declaration.variants.iter();
    let arms = arms.map(|Variant { ident, model, .. }| {
        quote_spanned! { behind(model) => Self::#ident(record) => record, }
    });
    let rest = (!is_whole).then(|| quote! { _ => ::core::unreachable!(), });
    let arms: Vec<_> = arms.chain(rest).collect();
    let copies = declaration.variants.iter();
    let copies = copies.map(|Variant { ident, model, .. }| {
        quote_spanned! { behind(model) => Self::#ident(record) => Self::#ident(__private::copied(record)), }
    });
    let copies = copies.chain((!is_whole).then(|| quote! { _ => ::core::unreachable!(), }));
    quote! {
        #[automatically_derived]
        impl __private::Polymorphic for #ident {
            type Handle<R: 'static> = #handle<R>;
            fn variants() -> &'static [__private::Loader] {
                static VARIANTS: &[__private::Loader] = &[#(#loaders),*];
                VARIANTS
            }
            fn model(&self) -> &dyn __private::AnyModel {
                match self { #(#arms)* }
            }
            fn model_mut(&mut self) -> &mut dyn __private::AnyModel {
                match self { #(#arms)* }
            }
            fn copied(&self) -> Self {
                match self { #(#copies)* }
            }
        }
    }
}

// Expands to: impl Includes<Task> for Subject { … } impl From<Task> for Subject { … }
fn includes(declaration: &Declaration, variant: &Variant) -> TokenStream {
    let ident = &declaration.ident;
    let Variant {
        ident: variant,
        model,
        ..
    } = variant;
    quote! {
        #[automatically_derived]
        impl __private::Includes<#model> for #ident {
            fn get(&self) -> ::core::option::Option<&#model> {
                #[allow(unreachable_patterns)]
                match self {
                    Self::#variant(record) => ::core::option::Option::Some(record),
                    _ => ::core::option::Option::None,
                }
            }
        }
        #[automatically_derived]
        impl ::core::convert::From<#model> for #ident {
            fn from(record: #model) -> Self {
                Self::#variant(record)
            }
        }
    }
}

// Expands to: impl<K> AnyKey<K> for Subject where K: ForeignKey<<Task as Model>::Key> + … {}
fn any_key(declaration: &Declaration) -> TokenStream {
    let ident = &declaration.ident;
    let keys = declaration.variants.iter().map(|Variant { model, .. }| {
        quote_spanned! { behind(model) => __private::ForeignKey<<#model as __private::Model>::Key> }
    });
    quote! {
        #[automatically_derived]
        impl<K> __private::AnyKey<K> for #ident where K: #(#keys)+* {}
    }
}

/// What is wrong with a model is wrong where it is named.
fn behind(tokens: &impl Spanned) -> Span {
    tokens.span().resolved_at(Span::call_site())
}
