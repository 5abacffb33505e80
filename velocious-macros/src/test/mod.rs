//! `#[velocious::test]`: from an async function to a test that the harness calls.
//!
//! * [`args`]: the attribute and the function as written.
//! * [`ir`]: the test as meant, and its rules.
//! * [`expand`]: the test as Rust.
//! * [`group`]: `#[velocious::tests]`, whose options are handed down to the tests of a module.

mod args;
mod expand;
pub(crate) mod group;
mod ir;

use proc_macro2::TokenStream;

use crate::fault::Faults;
use crate::option::read_list;

/// The expansion of `#[velocious::test(attribute)] item`, and the mistakes in it.
pub(crate) fn attribute(attribute: TokenStream, item: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let options = faults.take(read_list(attribute, "`#[velocious::test]`"));
    let Some(function) = faults.take(syn::parse2(item.clone())) else {
        return (item, faults);
    };
    let options = options.unwrap_or_default();
    let declaration = ir::check(args::TestArgs { options, function }, &mut faults);
    // With mistakes in it, the function is kept as it is written.
    match faults.is_empty() {
        true => (expand::expand(&declaration), faults),
        false => (expand::kept(&declaration), faults),
    }
}
