//! Configuration: what `config/<environment>.toml`, environment variables and arguments say, and what it means.
//!
//! * [`Config`]: as meant, every value checked; [`Environment`]: which one it is for;
//! * [`Secret`]: a text that is never printed; [`Network`]: addresses that belong together;
//! * [`ConfigError`]: every mistake at once, each with its file, line and key;
//! * [`CorsConfig`]: which pages of other origins may use the application;
//! * [`ServerConfig`], [`DatabaseConfig`], [`LogConfig`], [`SecurityConfig`], [`SessionConfig`]: a module for each section,
//!   with what it means and how it is read;
//! * `raw`: as written; `key`: which keys there are; `reader`: from one to the other.
//!
//! An argument beats an environment variable, which beats the file, which beats the default. Relative paths are
//! relative to the application's folder.

mod cors;
mod database;
mod environment;
mod fault;
mod key;
mod log;
mod meant;
mod network;
mod raw;
mod reader;
mod secret;
mod security;
mod server;
mod session;
#[cfg(test)]
mod tests;

pub use cors::CorsConfig;
pub use database::DatabaseConfig;
pub use environment::Environment;
pub use fault::ConfigError;
pub use log::{LogConfig, LogFormat};
pub use meant::Config;
pub use network::Network;
pub use secret::Secret;
pub use security::SecurityConfig;
pub use server::ServerConfig;
pub use session::{SessionConfig, SessionStore};

pub(crate) use meant::Surroundings;
pub(crate) use raw::{Overrides, RawConfig};
