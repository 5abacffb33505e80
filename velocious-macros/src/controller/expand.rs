//! A controller as Rust: its name and, for each action, how routes get at it. The block itself stays as it is.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::ir::{Action, Before, Declaration};
use crate::hash::action_hash;

// Expands to:
//
//     impl Controller for TasksController { const NAME: &'static str = "TasksController"; }
//     const BEFORE_0: BeforeAction = |ctx| Box::pin(async move { before(TasksController::authenticate(&ctx).await) });
//     impl<Name> HasAction<1234, Name> for TasksController { fn action() -> Action { … } }
pub(super) fn expand(declaration: &Declaration) -> TokenStream {
    let controller = &declaration.controller;
    let name = controller.unraw().to_string();
    let befores = declaration.befores.iter().enumerate();
    let befores = befores
        .filter(|(index, _)| is_used(declaration, *index))
        .map(|(index, before)| before_constant(declaration, index, before));
    let actions = declaration.actions.iter();
    let actions = actions.map(|action| action_impl(declaration, action));
    quote! {
        const _: () = {
            use ::velocious::__private;
            #[automatically_derived]
            impl __private::Controller for #controller {
                const NAME: &'static str = #name;
            }
            #(#befores)*
            #(#actions)*
        };
    }
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

fn before_constant(declaration: &Declaration, index: usize, before: &Before) -> TokenStream {
    let constant = format_ident!("BEFORE_{index}");
    let path = &before.function;
    // A function of another signature is reported where the attribute names it.
    let at = path.span();
    let mut controller = declaration.controller.clone();
    controller.set_span(at);
    let function = match before.own {
        true => quote_spanned! { at => #controller::#path },
        false => quote! { #path },
    };
    let result = quote_spanned! { at => __private::before(#function(&ctx).await) };
    quote! {
        const #constant: __private::BeforeAction =
            |ctx| ::std::boxed::Box::pin(async move { #result });
    }
}

/// Nobody needs to hear of a constant that no action uses.
fn is_used(declaration: &Declaration, before: usize) -> bool {
    let mut actions = declaration.actions.iter();
    actions.any(|action| action.sound && action.befores.contains(&before))
}

fn action_impl(declaration: &Declaration, action: &Action) -> TokenStream {
    let controller = &declaration.controller;
    let conditions = &action.conditions;
    let hash = action_hash(&action.name);
    let body = match action.sound {
        true => action_value(declaration, action),
        false => quote! { ::std::unreachable!() },
    };
    quote! {
        #(#conditions)*
        #[automatically_derived]
        impl<Name> __private::HasAction<#hash, Name> for #controller {
            fn action() -> __private::Action {
                #body
            }
        }
    }
}

fn action_value(declaration: &Declaration, action: &Action) -> TokenStream {
    let Action { name, ident, .. } = action;
    let controller = declaration.controller.unraw().to_string();
    let befores = action
        .befores
        .iter()
        .map(|index| format_ident!("BEFORE_{index}"));
    // What is no extractor is reported under the arguments, and what is no responder under the result.
    let arguments = &action.arguments;
    let arguments = quote_spanned! { action.arguments_at => (#(#arguments,)*) };
    let handler = quote_spanned! { action.result_at => Self::#ident };
    quote! {
        __private::action::<_, #arguments>(#controller, #name, &[#(#befores),*], #handler)
    }
}
