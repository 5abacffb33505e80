//! `#[derive(Polymorphic)]`: from an enum to the models that a relationship may lead to.
//!
//! * [`ir`]: the enum as meant, and its rules.
//! * [`expand`]: the enum as Rust.

mod expand;
mod ir;

use proc_macro2::TokenStream;

use crate::fault::Faults;

/// The expansion of `#[derive(Polymorphic)]` on `item`, and the mistakes in it.
pub(crate) fn derive(item: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let declaration = faults
        .take(syn::parse2(item))
        .and_then(|item| ir::check(&item, &mut faults));
    let is_whole = faults.is_empty();
    let expansion = declaration.map(|declaration| expand::expand(&declaration, is_whole));
    (expansion.unwrap_or_default(), faults)
}
