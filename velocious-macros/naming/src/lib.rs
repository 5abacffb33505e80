//! The naming conventions of Velocious, in one place for the macros and the command line.
//!
//! * [`pluralize`] and [`singularize`]: English nouns, by the tables in `words`.
//! * [`snake`], [`pascal`], [`kebab`], [`human`]: one name in its four spellings.
//! * [`table_name`], [`controller_name`]: what a model and a resource are called elsewhere.
//! * [`is_rust_keyword`]: whether a name can be an identifier at all.
//! * [`nearest`]: the "did you mean" of every message.

mod case;
mod convention;
mod inflection;
mod keyword;
mod nearest;
mod words;

pub use case::{human, kebab, pascal, snake};
pub use convention::{controller_name, table_name};
pub use inflection::{pluralize, singularize};
pub use keyword::is_rust_keyword;
pub use nearest::nearest;
