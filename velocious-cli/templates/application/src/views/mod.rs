//! The pages: a folder for each controller, and what surrounds them all.

pub mod layout;
