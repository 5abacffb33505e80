//! `#[migration]`: from two async functions to what the migrator runs.
//!
//! * [`args`]: the attribute and the block as written.
//! * [`ir`]: the migration as meant, and its rules.
//! * [`expand`]: the migration as Rust.

mod args;
mod expand;
mod ir;

use proc_macro2::TokenStream;

use crate::fault::Faults;
use crate::option::read_list;

/// The expansion of `#[migration(attribute)] item`, and the mistakes in it.
pub(crate) fn attribute(attribute: TokenStream, item: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let options = faults.take(read_list(attribute, "`#[migration]`"));
    let Some(block) = faults.take(syn::parse2(item.clone())) else {
        return (item, faults);
    };
    let options = options.unwrap_or_default();
    let declaration = ir::check(args::MigrationArgs { options, block }, &mut faults);
    (expand::expand(&declaration), faults)
}
