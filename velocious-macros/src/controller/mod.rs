//! `#[controller]`: from public async functions to actions.
//!
//! * [`args`]: the attribute and the block as written.
//! * [`ir`]: the controller as meant, and its rules.
//! * [`expand`]: what stands behind the block, which itself is passed on as it is.

mod args;
mod expand;
mod ir;

use proc_macro2::TokenStream;

use crate::fault::Faults;

/// The expansion of `#[controller(attribute)] item`, and the mistakes in it.
pub(crate) fn attribute(attribute: TokenStream, item: TokenStream) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let options = args::read(attribute, &mut faults);
    let mut expansion = item.clone();
    if let Some(block) = faults.take(syn::parse2(item)) {
        let args = args::ControllerArgs { options, block };
        if let Some(declaration) = ir::check(&args, &mut faults) {
            let parts = [
                expand::lints(&declaration),
                expansion,
                expand::expand(&declaration),
            ];
            expansion = parts.into_iter().collect();
        }
    }
    (expansion, faults)
}
