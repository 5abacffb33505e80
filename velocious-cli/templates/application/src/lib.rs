//! The application. `main.rs` hands it to the command line, tests drive it in process.

pub mod config;
pub mod controllers;
pub mod views;

pub use {{crate}}_models::models;

/// The application, put together in `config/application.rs`.
pub fn application() -> velocious::Application {
    config::application::application()
}
