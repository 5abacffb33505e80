//! A migration as Rust: the trait's functions, with the user's bodies in boxed futures.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::ir::{Declaration, Step};

// Expands to:
//
//     impl Migration for CreateTasks {
//         fn version(&self) -> u64 { 20260101120000 }
//         fn name(&self) -> &'static str { "create_tasks" }
//         fn up<'a>(&'a self, schema: &'a mut Schema) -> BoxFuture<'a, Result<()>> { Box::pin(async move { … }) }
//     }
pub(super) fn expand(declaration: &Declaration) -> TokenStream {
    let Declaration {
        attributes,
        self_type,
        name,
        ..
    } = declaration;
    let of_trait = match &declaration.of_trait {
        Some(path) => path.to_token_stream(),
        None => quote! { ::velocious::__private::Migration },
    };
    let version = Literal::u64_unsuffixed(declaration.version);
    let databases = databases(declaration);
    // What is there beside it is a mistake already.
    let has_only_change = declaration.steps.iter().all(|step| step.ident == "change");
    let both = (has_only_change && declaration.complete).then(both);
    let steps = declaration.steps.iter().map(step);
    let stub = (!declaration.complete).then(stub);
    quote! {
        #(#attributes)*
        impl #of_trait for #self_type {
            fn version(&self) -> u64 {
                #version
            }
            fn name(&self) -> &'static str {
                #name
            }
            #databases
            #(#steps)*
            #both
            #stub
        }
    }
}

// Expands to: fn databases(&self) -> &'static [&'static str] { &["reporting"] }, or to nothing.
fn databases(declaration: &Declaration) -> Option<TokenStream> {
    let names = &declaration.databases;
    (!names.is_empty()).then(|| {
        quote! {
            fn databases(&self) -> &'static [&'static str] {
                &[#(#names),*]
            }
        }
    })
}

/// `up` and `down` of a migration that has `change`.
fn both() -> TokenStream {
    quote! {
        fn up<'a>(
            &'a self,
            schema: &'a mut ::velocious::__private::Schema,
        ) -> ::velocious::__private::BoxFuture<'a, ::velocious::__private::Result<()>> {
            ::velocious::__private::Migration::change(self, schema)
        }
        fn down<'a>(
            &'a self,
            schema: &'a mut ::velocious::__private::Schema,
        ) -> ::velocious::__private::BoxFuture<'a, ::velocious::__private::Result<()>> {
            ::velocious::__private::reversed(self, schema)
        }
    }
}

fn step(step: &Step) -> TokenStream {
    let Step {
        attributes,
        ident,
        inputs,
        output,
        body,
    } = step;
    // A body that ends in another type is reported at the type it should have.
    let future = quote_spanned! { output.span() => ::std::boxed::Box::pin(async move #body) };
    quote! {
        #(#attributes)*
        fn #ident<'a>(#inputs) -> ::velocious::__private::BoxFuture<'a, #output> {
            #future
        }
    }
}

/// An `up` to compile against, never to run.
fn stub() -> TokenStream {
    quote! {
        fn up<'a>(
            &'a self,
            _: &'a mut ::velocious::__private::Schema,
        ) -> ::velocious::__private::BoxFuture<'a, ::velocious::__private::Result<()>> {
            ::core::unreachable!()
        }
    }
}
