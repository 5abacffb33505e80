//! Routes as Rust: the function that makes the table, and one function for each path.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;

use super::ir::{Declaration, PathFunction, Route, Target};
use super::pattern::{Pattern, Segment};
use crate::hash::action_hash;

/// The function `routes` and the module `paths`.
pub(super) fn expand(declaration: &Declaration) -> TokenStream {
    let routes = routes(declaration);
    let paths = paths(declaration);
    quote! { #routes #paths }
}

// Expands to:
//
//     pub fn routes() -> RouteTable {
//         struct __Missing;                          // a controller with every action and no name
//         use __Missing as TasksController;          // unless `crate::controllers` has one
//         mod __actions { pub struct index; }        // by which a message calls the action
//         let mut __routes = Vec::new();
//         {
//             use crate::controllers::*;
//             const _: () = assert!(!<TasksController as Controller>::NAME.is_empty(), "there is no …");
//             __routes.extend([Route { … }]);
//         }
//         RouteTable::new(__routes)
//     }
//
// What the glob brings in wins over what is outside of its block. That decides between a controller and its stand-in,
// and it is why everything else out there has a name that no module of controllers has.
fn routes(declaration: &Declaration) -> TokenStream {
    let routes = &declaration.routes;
    let controllers = distinct(routes.iter().map(|route| &route.target.controller));
    let actions = distinct(routes.iter().map(|route| &route.target.action));
    let blocks = routes
        .chunk_by(|one, next| one.target.modules == next.target.modules)
        .map(block);
    quote! {
        /// The application's routes.
        #[allow(dead_code, non_camel_case_types, unused_imports, unused_mut)]
        #[must_use]
        pub fn routes() -> ::velocious::__private::RouteTable {
            use ::velocious::__private;
            struct __Missing;
            impl __private::Controller for __Missing {
                const NAME: &'static str = "";
            }
            impl<const HASH: u64, Name> __private::HasAction<HASH, Name> for __Missing {
                fn action() -> __private::Action {
                    ::std::unreachable!()
                }
            }
            #(use __Missing as #controllers;)*
            mod __actions {
                #(pub struct #actions;)*
            }
            let mut __routes = ::std::vec::Vec::new();
            #(#blocks)*
            __private::RouteTable::new(__routes)
        }
    }
}

/// Routes to controllers of one module.
fn block(routes: &[Route]) -> TokenStream {
    let modules = routes
        .first()
        .map_or(&[][..], |route| &route.target.modules);
    let controllers = distinct(routes.iter().map(|route| &route.target.controller));
    let existence = controllers
        .into_iter()
        .map(|controller| existence(modules, controller));
    let routes = routes.iter().map(route);
    quote! {
        {
            use crate::controllers::#(#modules::)* *;
            #(#existence)*
            ::std::iter::Extend::extend(&mut __routes, [#(#routes),*]);
        }
    }
}

/// A missing controller is reported under its word. The stand-in has all actions, so that nothing else is.
fn existence(modules: &[Ident], controller: &Ident) -> TokenStream {
    let path: String = modules
        .iter()
        .map(|module| format!("::{}", module.unraw()))
        .collect();
    let message = format!(
        "there is no `{controller}` in `crate::controllers{path}`; write it or re-export it there, or correct the name"
    );
    let exists = quote_spanned! { controller.span() =>
        ::std::assert!(!<#controller as __private::Controller>::NAME.is_empty(), #message)
    };
    quote! { const _: () = #exists; }
}

fn route(route: &Route) -> TokenStream {
    let Route {
        verb,
        pattern,
        name,
        target,
        ..
    } = route;
    let method = format_ident!("{}", verb.method());
    let pattern = pattern.to_string();
    let endpoint = endpoint(target);
    quote! {
        __private::Route {
            method: __private::Method::#method,
            path: #pattern,
            name: #name,
            action: #endpoint,
        }
    }
}

/// A missing action is reported under its own word.
fn endpoint(target: &Target) -> TokenStream {
    let action = &target.action;
    let hash = action_hash(&action.unraw().to_string());
    let mut controller = target.controller.clone();
    controller.set_span(action.span());
    quote_spanned! { action.span() => __private::endpoint::<#controller, #hash, __actions::#action> }
}

// Expands to: pub mod paths { pub fn task_path(id: impl PathSegment) -> String { … } }
fn paths(declaration: &Declaration) -> TokenStream {
    let functions = declaration.functions.iter().map(path_function);
    quote! {
        /// Functions for the paths of the application's routes.
        #[allow(dead_code)]
        pub mod paths {
            #(#functions)*
        }
    }
}

fn path_function(function: &PathFunction) -> TokenStream {
    let PathFunction { name, pattern, at } = function;
    let ident = format_ident!("{name}_path", span = *at);
    let parameters = pattern.parameters().map(|name| parameter(name, *at));
    let doc = format!(" The path `{pattern}`.");
    let body = path_body(pattern, *at);
    quote_spanned! { *at =>
        #[doc = #doc]
        #[must_use]
        pub fn #ident(
            #(#parameters: impl ::velocious::__private::PathSegment),*
        ) -> ::std::string::String {
            #body
        }
    }
}

fn path_body(pattern: &Pattern, at: Span) -> TokenStream {
    // A parameter can be called `path`, too; this one is nobody else's.
    let path = Ident::new("path", Span::mixed_site());
    let mut text = String::new();
    let mut pushes = TokenStream::new();
    let mut start = None;
    for segment in pattern.segments() {
        text.push('/');
        match segment {
            Segment::Fixed(word) => text.push_str(word),
            Segment::Parameter(name) => {
                let name = parameter(name, at);
                match start {
                    None => start = Some(text.clone()),
                    Some(_) => pushes.extend(quote! { #path.push_str(#text); }),
                }
                text.clear();
                pushes.extend(quote! {
                    ::velocious::__private::PathSegment::push_to(&#name, &mut #path);
                });
            }
        }
    }
    let Some(start) = start else {
        let text = pattern.to_string();
        return quote! { ::std::borrow::ToOwned::to_owned(#text) };
    };
    if !text.is_empty() {
        pushes.extend(quote! { #path.push_str(#text); });
    }
    quote! {
        let mut #path = ::std::borrow::ToOwned::to_owned(#start);
        #pushes
        #path
    }
}

fn parameter(name: &str, at: Span) -> Ident {
    match velocious_naming::is_rust_keyword(name) {
        true => Ident::new_raw(name, at),
        false => Ident::new(name, at),
    }
}

/// Each name once, where it stands first.
fn distinct<'a>(names: impl Iterator<Item = &'a Ident>) -> Vec<&'a Ident> {
    let mut distinct: Vec<&Ident> = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}
