//! `t!`: a message in the language of the moment; `messages!`: every message of the application.
//!
//! * [`args`]: a message as written; [`ir`]: as meant, one of the [`catalogue`](crate::catalogue)s'; [`expand`]: the call.

mod args;
mod expand;
mod ir;

use proc_macro2::TokenStream;
use quote::quote;

use crate::catalogue::{self, Catalogues};
use crate::fault::Faults;

/// The expansion of `t!(…)`, and the mistakes in it and in the catalogues.
pub(crate) fn function_like(tokens: TokenStream) -> (TokenStream, Faults) {
    let catalogues = catalogue::current();
    let (expansion, faults) = among(catalogues.as_deref(), tokens);
    with_files(catalogues.as_deref(), expansion, faults)
}

/// The expansion of `messages!()`, and the mistakes in the catalogues.
pub(crate) fn all(tokens: TokenStream) -> (TokenStream, Faults) {
    let catalogues = catalogue::current();
    let (expansion, faults) = all_of(catalogues.as_deref(), tokens);
    with_files(catalogues.as_deref(), expansion, faults)
}

/// `t!` with these catalogues, or for an application that has none.
pub(crate) fn among(catalogues: Option<&Catalogues>, tokens: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let args: Option<args::MessageArgs> = faults.take(syn::parse2(tokens));
    let message = args.and_then(|args| ir::check(args, catalogues, &mut faults));
    // A text stands for a message with mistakes, so that nothing more is said of what is done with it.
    let expansion = match message {
        Some(message) => expand::message(&message),
        None => quote! { ::std::string::String::new() },
    };
    (expansion, faults)
}

/// `messages!` with these catalogues.
pub(crate) fn all_of(
    catalogues: Option<&Catalogues>,
    tokens: TokenStream,
) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    if !tokens.is_empty() {
        let cure = "the catalogues are those in `locales/`: `messages!()`";
        faults.at(&tokens, format!("nothing is said here; {cure}"));
    }
    (expand::messages(catalogues), faults)
}

/// What an expansion says beside itself: which files it comes from, and what is wrong in them.
fn with_files(
    catalogues: Option<&Catalogues>,
    expansion: TokenStream,
    mut faults: Faults,
) -> (TokenStream, Faults) {
    for mistake in catalogues.iter().flat_map(|it| catalogue::mistakes(it)) {
        faults.at_span(proc_macro2::Span::call_site(), mistake);
    }
    let expansion = match catalogue::tracked() {
        // A block would end the lives of what the arguments borrow from.
        Some(files) => quote! { ({ #files }, #expansion).1 },
        None => expansion,
    };
    (expansion, faults)
}
