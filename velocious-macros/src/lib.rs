//! The proc macros of Velocious. Applications reach them through the crate `velocious`, which documents them.
//!
//! Each macro has a folder of its own with the same corridor: `args` (as written) → `ir` (as meant, and the rules) →
//! `expand` (tokens, no decisions). They share [`fault`], the mistakes to report, and [`option`], the options of
//! attributes.
//!
//! Expansions name `::core`, `::std` and `::velocious::__private`, and nothing else that is not the user's.

mod fault;
mod model;
mod option;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

use crate::fault::Faults;

#[doc = include_str!("docs/model.md")]
#[proc_macro_derive(Model, attributes(model, belongs_to, has_many, has_one, validate))]
pub fn derive_model(item: TokenStream) -> TokenStream {
    finished(model::derive(item.into()))
}

/// The expansion, followed by one compile error for each mistake.
fn finished((mut expansion, faults): (proc_macro2::TokenStream, Faults)) -> TokenStream {
    expansion.extend(faults.into_compile_errors());
    expansion.into()
}
