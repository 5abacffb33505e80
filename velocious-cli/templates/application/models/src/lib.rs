//! What server and browser share: the models, and the migrations that create their tables.

pub mod migrations;
pub mod models;

pub use migrations::migrations;
