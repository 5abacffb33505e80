//! Models: what `#[derive(Model)]` implements.

mod errors;

pub use errors::Errors;
