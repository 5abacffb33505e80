//! `#[derive(ModelEnum)]`: from an enum to a column.
//!
//! * [`args`]: the enum as written.
//! * [`ir`]: the enum as meant, and its rules.
//! * [`expand`]: the enum as Rust.

mod args;
mod expand;
mod ir;

use proc_macro2::TokenStream;

use crate::fault::Faults;

/// The expansion of `#[derive(ModelEnum)]` on `item`, and the mistakes in it.
pub(crate) fn derive(item: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let args = faults
        .take(syn::parse2(item))
        .and_then(|item| args::EnumArgs::read(item, &mut faults));
    let declaration = args.map(|args| ir::check(args, &mut faults));
    let is_sound = faults.is_empty();
    let expansion = declaration.map(|declaration| expand::expand(&declaration, is_sound));
    (expansion.unwrap_or_default(), faults)
}
