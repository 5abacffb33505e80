//! A to-do list for teams: accounts have projects, projects have tasks, and whoever signs in changes
//! them.

pub mod config;
pub mod controllers;
pub mod storage;
pub mod views;

pub use example_models::models;

/// The application, ready to be given to the command line or to a test.
pub fn application() -> velocious::Application {
    config::application::application()
}
