//! The pages: a folder for each controller, and what surrounds them all.

pub mod accounts;
pub mod home;
pub mod layout;
pub mod profiles;
pub mod projects;
pub mod sessions;
pub mod tasks;
