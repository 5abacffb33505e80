//! What the server and a browser share: the models and the migrations.

pub mod migrations;
pub mod models;

pub use migrations::migrations;
