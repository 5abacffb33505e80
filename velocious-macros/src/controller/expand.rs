//! A controller as Rust: its name and, for each action, how routes get at it. The block itself stays as it is.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::args::FilterKind;
use super::ir::{Action, Declaration, Filter, Selection, Skip};
use crate::fault::source;
use crate::hash::action_hash;

// Expands to:
//
//     impl Controller for TasksController {
//         const NAME: &'static str = "TasksController";
//         const FILTERS: &'static Filters = &Filters {
//             base: Some(<ApplicationController as Controller>::FILTERS),
//             skips: &[…],
//             steps: &[Step { name: "authenticate", kind: StepKind::Before(|ctx| …), actions: ActionNames::All }],
//         };
//     }
//     impl<__Name> HasAction<1234, __Name> for TasksController { fn action() -> Action { … } }
pub(super) fn expand(declaration: &Declaration) -> TokenStream {
    let controller = &declaration.controller;
    let name = controller.unraw().to_string();
    let filters = filters(declaration);
    let skips = declaration.skips.iter();
    let existence = skips.filter_map(|skip| skip_exists(declaration, skip));
    let rescued = rescued_once(declaration);
    let actions = declaration.actions.iter();
    let actions = actions.map(|action| action_impl(declaration, action));
    quote! {
        const _: () = {
            use ::velocious::__private;
            #[automatically_derived]
            impl __private::Controller for #controller {
                const NAME: &'static str = #name;
                #filters
            }
            #(#existence)*
            #rescued
            #(#actions)*
        };
    }
}

/// What runs around the actions, unless it is nothing.
fn filters(declaration: &Declaration) -> Option<TokenStream> {
    let Declaration {
        base,
        skips,
        filters,
        ..
    } = declaration;
    if base.is_none() && filters.is_empty() {
        return None;
    }
    let base = match base {
        Some(base) => {
            quote! { ::core::option::Option::Some(<#base as __private::Controller>::FILTERS) }
        }
        None => quote! { ::core::option::Option::None },
    };
    let skips = skips.iter().map(|Skip { function, actions }| {
        let name = function.unraw().to_string();
        let actions = selection(actions);
        quote! { __private::Skip { name: #name, actions: #actions } }
    });
    let steps = filters.iter().map(|filter| step(declaration, filter));
    Some(quote! {
        const FILTERS: &'static __private::Filters = &__private::Filters {
            base: #base,
            skips: &[#(#skips),*],
            steps: &[#(#steps),*],
        };
    })
}

/// A misspelt name would skip nothing.
fn skip_exists(declaration: &Declaration, skip: &Skip) -> Option<TokenStream> {
    let base = declaration.base.as_ref()?;
    let function = &skip.function;
    let name = function.unraw().to_string();
    let message = format!(
        "`{}` runs no function called `{name}`, so there is nothing to skip; correct the name or remove it",
        source(base)
    );
    let exists = quote_spanned! { function.span() =>
        ::core::assert!(<#base as __private::Controller>::FILTERS.has(#name), #message)
    };
    Some(quote! { const _: () = #exists; })
}

/// Of two functions that answer the errors of one type, the second would never run: rustc refuses two impls of a trait
/// for one type, and the trait's name says why.
fn rescued_once(declaration: &Declaration) -> Option<TokenStream> {
    let filters = declaration.filters.iter();
    let types: Vec<_> = filters
        .filter_map(|filter| filter.rescued.as_ref())
        .collect();
    if types.len() < 2 {
        return None;
    }
    let impls = types.iter().map(|ty| {
        quote_spanned! { ty.span() => impl RescuedByOneFunctionOnly for #ty {} }
    });
    Some(quote! {
        trait RescuedByOneFunctionOnly {}
        #(#impls)*
    })
}

fn step(declaration: &Declaration, filter: &Filter) -> TokenStream {
    let path = &filter.function;
    // A function of another signature is reported where the attribute names it.
    let at = path.span();
    let mut controller = declaration.controller.clone();
    controller.set_span(at);
    let function = match filter.own {
        true => quote_spanned! { at => #controller::#path },
        false => quote! { #path },
    };
    let kind = match filter.kind {
        FilterKind::Before | FilterKind::Skip => {
            let result = quote_spanned! { at => __private::before(#function(&ctx).await) };
            quote! { Before(|ctx| ::std::boxed::Box::pin(async move { #result })) }
        }
        FilterKind::After => {
            let result = quote_spanned! { at => __private::after(#function(ctx, response).await) };
            quote! { After(|ctx, response| ::std::boxed::Box::pin(async move { #result })) }
        }
        FilterKind::Around => {
            let result = quote_spanned! { at => __private::around(#function(ctx, next).await) };
            quote! { Around(|ctx, next| ::std::boxed::Box::pin(async move { #result })) }
        }
        FilterKind::Rescue => {
            let result = quote_spanned! { at => __private::rescue(ctx, error, #function) };
            quote! { Rescue(|ctx, error| #result) }
        }
    };
    let name = path
        .segments
        .last()
        .map(|last| last.ident.unraw().to_string());
    let actions = selection(&filter.actions);
    quote! {
        __private::Step {
            name: #name,
            kind: __private::StepKind::#kind,
            actions: #actions,
        }
    }
}

fn selection(selection: &Selection) -> TokenStream {
    let chosen = match selection {
        Selection::All => quote! { All },
        Selection::Only(names) => quote! { Only(&[#(#names),*]) },
        Selection::Except(names) => quote! { Except(&[#(#names),*]) },
    };
    quote! { __private::ActionNames::#chosen }
}

/// What lints must know of the block: the action of the page for a new record is called `new`, but makes no controller.
pub(super) fn lints(declaration: &Declaration) -> TokenStream {
    match declaration
        .actions
        .iter()
        .any(|action| action.name == "new")
    {
        true => quote! { #[allow(clippy::new_ret_no_self)] },
        false => TokenStream::new(),
    }
}

fn action_impl(declaration: &Declaration, action: &Action) -> TokenStream {
    let controller = &declaration.controller;
    let conditions = &action.conditions;
    let hash = action_hash(&action.name);
    let body = match action.sound {
        true => action_value(action),
        false => quote! { ::std::unreachable!() },
    };
    quote! {
        #(#conditions)*
        #[automatically_derived]
        impl<__Name> __private::HasAction<#hash, __Name> for #controller {
            fn action() -> __private::Action {
                #body
            }
        }
    }
}

fn action_value(action: &Action) -> TokenStream {
    let Action { name, ident, .. } = action;
    // What is no extractor is reported under the arguments, and what is no responder under the result.
    let arguments = &action.arguments;
    let arguments = quote_spanned! { action.arguments_at => (#(#arguments,)*) };
    let handler = quote_spanned! { action.result_at => Self::#ident };
    quote! {
        __private::action::<_, #arguments>(
            <Self as __private::Controller>::NAME,
            #name,
            <Self as __private::Controller>::FILTERS,
            #handler,
        )
    }
}
