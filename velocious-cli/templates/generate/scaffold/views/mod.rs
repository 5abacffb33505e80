//! The pages of `{{Models}}Controller`.

mod edit;
mod form;
mod index;
mod new;
mod show;

pub use edit::edit;
pub use index::index;
pub use new::new;
pub use show::show;
