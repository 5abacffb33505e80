//! The pages: a folder for each controller, what surrounds them all, and what several of them use.

pub mod components;
pub mod layout;
