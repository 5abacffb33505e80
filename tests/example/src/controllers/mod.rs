//! The controllers.

mod accounts_controller;
mod home_controller;
mod projects_controller;
mod tasks_controller;
mod testing_controller;

pub use accounts_controller::AccountsController;
pub use home_controller::HomeController;
pub use projects_controller::ProjectsController;
pub use tasks_controller::TasksController;
pub use testing_controller::TestingController;
