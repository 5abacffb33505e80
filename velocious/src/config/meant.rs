//! The configuration as meant: every value checked.

use std::collections::BTreeMap;
use std::path::Path;

use super::cors::{CorsConfig, cors};
use super::database::{DatabaseConfig, database, databases};
use super::log::{LogConfig, log};
use super::raw::{Overrides, RawConfig};
use super::reader::Reader;
use super::security::{SecurityConfig, security};
use super::server::{ServerConfig, server};
use super::session::{SessionConfig, session};
use super::{ConfigError, Environment};

/// The configuration of a running application.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// `[server]`.
    pub server: ServerConfig,
    /// `[database]`.
    pub database: DatabaseConfig,
    /// `[databases.…]`: the URLs of further databases, by the names they have here. They are used as `[database]` says.
    pub databases: BTreeMap<String, String>,
    /// `[log]`.
    pub log: LogConfig,
    /// `[security]`.
    pub security: SecurityConfig,
    /// `[cors]`.
    pub cors: CorsConfig,
    /// `[session]`.
    pub session: SessionConfig,
}

/// What a configuration depends on besides what is written.
pub(crate) struct Surroundings<'a> {
    pub(crate) application: &'a str,
    pub(crate) root: &'a Path,
    pub(crate) environment: &'a Environment,
}

impl Config {
    /// Reads the file, the environment variables and the arguments.
    ///
    /// # Errors
    /// With every mistake in them.
    pub(crate) fn load(
        surroundings: &Surroundings<'_>,
        variable: impl Fn(&str) -> Option<String>,
        overrides: Overrides,
    ) -> Result<Self, ConfigError> {
        let mut raw = RawConfig::read(surroundings.root, surroundings.environment.name());
        raw.override_from_variables(variable);
        raw.override_from_arguments(overrides);
        let mut reader = Reader::new(raw);
        let server = server(&mut reader, surroundings.root);
        let config = Config {
            databases: databases(&mut reader),
            database: database(&mut reader, surroundings, server.workers),
            log: log(&mut reader, surroundings),
            security: security(&mut reader, surroundings),
            cors: cors(&mut reader),
            session: session(&mut reader),
            server,
        };
        match ConfigError::of(reader.into_faults()) {
            Some(error) => Err(error),
            None => Ok(config),
        }
    }
}
