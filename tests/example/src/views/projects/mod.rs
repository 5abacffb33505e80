//! The pages of `ProjectsController`.

mod edit;
mod form;
mod index;
mod new;
mod show;
mod table;

pub use edit::edit;
pub use index::index;
pub use new::new;
pub use show::show;
pub use table::table;
