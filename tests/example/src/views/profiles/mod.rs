//! The pages of `ProfilesController`.

mod edit;
mod new;
mod picture;
mod show;

pub use edit::edit;
pub use new::new;
pub use picture::picture;
pub use show::show;
