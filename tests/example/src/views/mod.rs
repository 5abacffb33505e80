//! The pages.

pub mod accounts;
pub mod home;
pub mod layout;
pub mod projects;
pub mod tasks;
