//! `#[derive(Model)]`: from a struct to a table's row.
//!
//! * [`args`]: the struct as written.
//! * [`ir`]: the model as meant, and its rules; those of relationships are in [`relation`], [`through`],
//!   [`polymorphic`] and [`effect`], those of `#[validate]` in [`validation`], those of `translates` in [`translation`].
//! * [`stored`]: the model against the table that the database has.
//! * [`expand`]: the model as Rust; [`bond`]: its relationships.

mod args;
mod bond;
mod effect;
mod expand;
mod ir;
mod password;
mod polymorphic;
mod relation;
mod stored;
mod through;
mod translation;
mod validation;

use proc_macro2::TokenStream;

use crate::fault::Faults;
use crate::schema;

/// The expansion of `#[derive(Model)]` on `item`, and the mistakes in it.
pub(crate) fn derive(item: TokenStream) -> (TokenStream, Faults) {
    let (mut expansion, faults) = derive_against(schema::current().as_deref(), item);
    expansion.extend(schema::tracked());
    (expansion, faults)
}

/// The same for a database as `source` describes it, or one that nothing is known of.
pub(crate) fn derive_against(
    source: Option<&schema::Source>,
    item: TokenStream,
) -> (TokenStream, Faults) {
    let mut faults = Faults::default();
    let args = faults
        .take(syn::parse2(item))
        .and_then(|item| args::ModelArgs::read(item, &mut faults));
    let expansion = match args {
        None => TokenStream::new(),
        Some(args) => match ir::check(&args, &mut faults) {
            Ok(mut declaration) => {
                let stored = source
                    .map(|source| stored::check(&args, &mut declaration, source, &mut faults));
                expand::expand(&declaration, &stored.unwrap_or_default())
            }
            Err(outline) => expand::expand_outline(&outline),
        },
    };
    (expansion, faults)
}
