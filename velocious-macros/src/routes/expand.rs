//! Routes as Rust: the function that makes the table, and one function for each path.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;

use super::ir::{Declaration, Destination, Mount, PathFunction, Redirect, Route, Target};
use super::pattern::{Pattern, Segment, SegmentType};
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
//         let mut __routes = Vec::new();
//         {
//             use crate::controllers::*;
//             const _: () = assert!(!<TasksController as Controller>::NAME.is_empty(), "there is no …");
//             fn __endpoint<show>() -> Action { endpoint::<TasksController, 1234, show>() }
//             __routes.extend([Route::new(GET, "/tasks/{id}", "task", __endpoint::<()>)]);
//         }
//         RouteTable::new(__routes).mount("/api", crate::api::services)
//     }
//
// What the glob brings in wins over what is outside of its block. That decides between a controller and its stand-in,
// and it is why everything else out there has a name that no module of controllers has.
fn routes(declaration: &Declaration) -> TokenStream {
    let routes = &declaration.routes;
    let targets = || routes.iter().filter_map(|route| route.destination.action());
    let controllers = distinct(targets().map(|target| &target.controller));
    let modules = |route: &Route| Some(route.destination.action()?.modules.clone());
    let blocks = routes
        .chunk_by(|one, next| modules(one) == modules(next))
        .map(block);
    let mounts = declaration.mounts.iter().map(mount);
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
            let mut __routes = ::std::vec::Vec::new();
            #(#blocks)*
            __private::RouteTable::new(__routes) #(#mounts)*
        }
    }
}

/// Routes to controllers of one module, or to none.
fn block(routes: &[Route]) -> TokenStream {
    let targets = || routes.iter().filter_map(|route| route.destination.action());
    let modules = targets().next().map(|target| &target.modules);
    let controllers = distinct(targets().map(|target| &target.controller));
    let import = modules.map(|modules| quote! { use crate::controllers::#(#modules::)* *; });
    let existence = controllers
        .into_iter()
        .map(|controller| existence(modules.map_or(&[][..], |modules| modules), controller));
    let routes = routes.iter().map(route);
    quote! {
        {
            #import
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
        destination,
        ..
    } = route;
    let method = format_ident!("{}", verb.method());
    let path = pattern.path();
    let action = match destination {
        Destination::Action(target) => endpoint(target),
        Destination::Redirect(Redirect { to, status, .. }) => {
            quote! { || __private::redirect(#to, #status) }
        }
    };
    let types = types(pattern, route.at);
    quote! {
        __private::Route::new(__private::Method::#method, #path, #name, #action) #types
    }
}

/// What the segments of a path have to be, if anything: `.typed(&[SegmentCheck::of::<i64>("id", "i64")])`.
fn types(pattern: &Pattern, at: Span) -> Option<TokenStream> {
    let typed = pattern
        .segments()
        .iter()
        .filter_map(|segment| match segment {
            Segment::Parameter(name, Some(of_type)) => Some((name, of_type)),
            _ => None,
        });
    let checks: Vec<_> = typed
        .map(|(name, of_type)| {
            let text = of_type.to_string();
            let SegmentType(of_type) = of_type;
            // A type that cannot be one is reported where it is written.
            quote_spanned! { at => __private::SegmentCheck::of::<#of_type>(#name, #text) }
        })
        .collect();
    (!checks.is_empty()).then(|| quote! { .typed(const { &[#(#checks),*] }) })
}

/// A function of another signature is reported where the statement names it.
fn mount(mount: &Mount) -> TokenStream {
    let path = mount.pattern.to_string();
    let services = &mount.services;
    quote! { .mount(#path, #services) }
}

/// A missing action is reported under its own word, and called by it: a parameter's name stands in messages as it is,
/// where a type's would stand with its path as soon as something else has that name.
fn endpoint(target: &Target) -> TokenStream {
    let action = &target.action;
    let hash = action_hash(&action.unraw().to_string());
    let mut controller = target.controller.clone();
    controller.set_span(action.span());
    let of_action = quote_spanned! { action.span() =>
        __private::endpoint::<#controller, #hash, #action>()
    };
    quote! {
        {
            fn __endpoint<#action>() -> __private::Action {
                #of_action
            }
            __endpoint::<()>
        }
    }
}

// Expands to:
//
//     pub mod paths {
//         pub fn task_path(id: impl PathSegment) -> RoutePath { route_path("/tasks/{id}", &[&id]) }
//         pub fn task_url(origin: &(impl Origin + ?Sized), id: impl PathSegment) -> RouteUrl { task_path(id).url(origin) }
//     }
fn paths(declaration: &Declaration) -> TokenStream {
    let functions = declaration.functions.iter().map(path_function);
    let is_typed = |segment: &Segment| matches!(segment, Segment::Parameter(_, Some(_)));
    let typed = declaration
        .functions
        .iter()
        .any(|function| function.pattern.segments().iter().any(is_typed));
    // A segment's type is named as the code around the routes names it.
    let names = typed.then(|| quote! { #[allow(unused_imports)] use super::*; });
    quote! {
        /// Functions for the paths of the application's routes.
        #[allow(dead_code)]
        pub mod paths {
            #names
            #(#functions)*
        }
    }
}

fn path_function(function: &PathFunction) -> TokenStream {
    let PathFunction { name, pattern, at } = function;
    let path_ident = format_ident!("{name}_path", span = *at);
    let url_ident = format_ident!("{name}_url", span = *at);
    let path = pattern.path();
    let doc = format!(" The path `{path}`.");
    let url_doc = format!(" The address of `{path}`.");
    let names: Vec<_> = pattern
        .parameters()
        .map(|name| parameter(name, *at))
        .collect();
    let parameters: Vec<_> = pattern
        .segments()
        .iter()
        .filter_map(|segment| argument(segment, *at))
        .collect();
    // A parameter can be called `origin`, too; this one is nobody else's.
    let origin = Ident::new("origin", Span::mixed_site());
    quote_spanned! { *at =>
        #[doc = #doc]
        #[must_use]
        pub fn #path_ident(#(#parameters),*) -> ::velocious::__private::RoutePath {
            ::velocious::__private::route_path(#path, &[#(&#names),*])
        }
        #[doc = #url_doc]
        #[must_use]
        pub fn #url_ident(
            #origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
            #(#parameters),*
        ) -> ::velocious::__private::RouteUrl {
            #path_ident(#(#names),*).url(#origin)
        }
    }
}

/// An argument of a path function.
fn argument(segment: &Segment, at: Span) -> Option<TokenStream> {
    let (name, of_type) = match segment {
        Segment::Fixed(_) => return None,
        Segment::Parameter(name, Some(SegmentType(of_type))) => (name, quote! { #of_type }),
        Segment::Parameter(name, None) | Segment::Rest(name) => (
            name,
            quote_spanned! { at => impl ::velocious::__private::PathSegment },
        ),
    };
    let name = parameter(name, at);
    Some(quote! { #name: #of_type })
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
