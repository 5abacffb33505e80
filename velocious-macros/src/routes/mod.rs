//! `routes!`: from statements to a table of routes and functions for their paths.
//!
//! * [`args`]: the statements as written; [`parse`]: how they are read.
//! * [`ir`]: the table as meant; [`scope`], [`resource`] and [`elsewhere`] say what a statement contributes to it,
//!   [`pattern`] what a path is, [`lead`] whether redirects lead somewhere.
//! * [`expand`]: the table as Rust.

mod args;
mod elsewhere;
mod expand;
mod ir;
mod lead;
mod parse;
mod pattern;
mod resource;
mod scope;

use proc_macro2::TokenStream;

use crate::fault::Faults;

/// The expansion of `routes! { tokens }`, and the mistakes in it.
pub(crate) fn function_like(tokens: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let statements = parse::read(tokens, &mut faults);
    let declaration = ir::check(&statements, &mut faults);
    (expand::expand(&declaration), faults)
}
