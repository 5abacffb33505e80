//! `#[model(translates(…))]`: attributes that have a text in each of several languages.
//!
//! * [`args`]: the option as written.
//! * [`rule`]: the attributes as meant, and the rules for them.
//! * [`expand`]: the attributes as Rust: a model of their table, and methods of the record and its handle.

mod args;
mod expand;
mod rule;

pub(super) use args::Translates;
pub(super) use expand::{apply, change_fields, definition, handle_methods, model, record_methods};
pub(super) use rule::{Translations, bond, translations, validated};
