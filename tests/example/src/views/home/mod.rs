//! The pages of `HomeController`.

mod index;

pub use index::{Figures, index};
