//! `#[derive(Projection)]`: from a struct to a select list.
//!
//! * [`args`]: the struct as written.
//! * [`ir`]: the projection as meant, and its rules.
//! * [`expand`]: the projection as Rust.

mod args;
mod expand;
mod ir;

use proc_macro2::TokenStream;

use crate::fault::Faults;

/// The expansion of `#[derive(Projection)]` on `item`, and the mistakes in it.
pub(crate) fn derive(item: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let args = faults
        .take(syn::parse2(item))
        .and_then(|item| args::ProjectionArgs::read(item, &mut faults));
    let declaration = args.and_then(|args| ir::check(args, &mut faults));
    let expansion = match declaration {
        Some(declaration) if faults.is_empty() => expand::expand(&declaration),
        Some(declaration) => expand::expand_stub(&declaration),
        None => TokenStream::new(),
    };
    (expansion, faults)
}
