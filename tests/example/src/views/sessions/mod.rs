//! The pages of `SessionsController`.

mod new;

pub use new::new;
