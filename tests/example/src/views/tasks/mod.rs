//! The pages of `TasksController`.

mod edit;
mod form;
mod index;
mod new;
mod show;
mod table;

pub use edit::edit;
pub use index::{Choice, List, index};
pub use new::new;
pub use show::show;
pub use table::table;
