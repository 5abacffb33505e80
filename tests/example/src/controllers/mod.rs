//! The controllers.

mod accounts;
mod home;
mod projects;
mod tasks;
mod testing;

pub use accounts::AccountsController;
pub use home::HomeController;
pub use projects::ProjectsController;
pub use tasks::TasksController;
pub use testing::TestingController;
