//! `create!`: a record with what it needs, saved.
//!
//! * [`args`]: the database and the record as written; [`expand`]: the call.

mod args;
mod expand;

use proc_macro2::TokenStream;

use crate::fault::Faults;

/// The expansion of `create!(…)`, and the mistakes in it.
pub(crate) fn function_like(tokens: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let args: Option<args::CreateArgs> = faults.take(syn::parse2(tokens));
    let expansion = match args {
        Some(args) => expand::expand(&args),
        // A mistake is of any type, so that nothing more is said of what is done with it.
        None => TokenStream::new(),
    };
    (expansion, faults)
}
