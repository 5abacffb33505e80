//! A model as Rust: a handle for queries, the changes to assign, and the traits of the runtime.
//!
//! * [`expand`]: a declaration in full; [`expand_outline`]: what stands in for one that has a mistake, so that
//!   the code around it has nothing to complain about.
//! * `surface`: the types that a model brings along, and what their methods return; `model`: `impl Model`; `assertions`:
//!   what only rustc knows; one emitter for each item, in the order in which they are emitted.
//! * `span`: where rustc reports what is wrong with the code.

mod assertions;
mod model;
mod span;
mod surface;

pub(super) use span::{behind, moved, moved_tokens};

use proc_macro2::TokenStream;
use quote::quote;

use super::ir::{Declaration, Outline};
use super::{password, translation, validation};
use assertions::assertions;
use model::{model_impl, stub_impl};
use surface::{changes, handle, handle_impl, lifecycle, loaders, marks, record_impl};

/// Everything the runtime and the user's code need of a model.
pub(super) fn expand(declaration: &Declaration, stored: &TokenStream) -> TokenStream {
    let model = model_impl(declaration);
    let assertions = assertions(declaration);
    let mut methods = validation::methods(&declaration.validations);
    methods.extend(declaration.outline.callbacks.map(lifecycle));
    methods.extend(password::methods(&declaration.outline));
    with_surface(
        &declaration.outline,
        methods,
        quote! { #model #assertions #stored },
    )
}

/// A model to compile against, never to run: the build fails anyway.
pub(super) fn expand_outline(outline: &Outline) -> TokenStream {
    with_surface(outline, TokenStream::new(), stub_impl(outline))
}

/// The types the model brings along and, out of the sight of the user's names, what is implemented for them.
fn with_surface(
    outline: &Outline,
    record_methods: TokenStream,
    implementations: TokenStream,
) -> TokenStream {
    let handle = handle(outline);
    let changes = changes(outline);
    let handle_impl = handle_impl(outline);
    let record_impl = record_impl(outline, &record_methods);
    let marks = marks(outline);
    let loaders = loaders(outline);
    let translations = translation::model(outline);
    let texts = translation::record_methods(outline);
    let password = password::companion(outline);
    quote! {
        #handle
        #changes
        #translations
        const _: () = {
            use ::velocious::__private;
            #handle_impl
            #record_impl
            #marks
            #loaders
            #texts
            #password
            #implementations
        };
    }
}
