//! The controllers.

mod accounts;
mod application;
mod home;
mod pictures;
mod profiles;
mod projects;
mod sessions;
mod tasks;
mod testing;

pub use accounts::AccountsController;
pub use application::ApplicationController;
pub use home::HomeController;
pub use pictures::PicturesController;
pub use profiles::ProfilesController;
pub use projects::ProjectsController;
pub use sessions::SessionsController;
pub use tasks::TasksController;
pub use testing::TestingController;
