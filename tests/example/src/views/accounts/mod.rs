//! The pages of `AccountsController`.

mod index;
mod new;
mod show;

pub use index::index;
pub use new::new;
pub use show::show;
