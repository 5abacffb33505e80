//! Which keys there are, and the environment variables that set them.

use velocious_naming::nearest;

/// A key of the configuration.
pub(crate) struct Key {
    /// Section and name, as in `server.port`.
    pub(crate) name: &'static str,
    /// Environment variables that set it; the first one that is set wins.
    pub(crate) variables: &'static [&'static str],
}

/// Every key.
pub(crate) const KEYS: &[Key] = &[
    key("server.host", &["VELOCIOUS_SERVER_HOST"]),
    key("server.port", &["VELOCIOUS_SERVER_PORT", "PORT"]),
    key("server.socket", &["VELOCIOUS_SERVER_SOCKET"]),
    key("server.socket_mode", &["VELOCIOUS_SERVER_SOCKET_MODE"]),
    key("server.workers", &["VELOCIOUS_SERVER_WORKERS"]),
    key(
        "server.shutdown_timeout_seconds",
        &["VELOCIOUS_SERVER_SHUTDOWN_TIMEOUT_SECONDS"],
    ),
    key(
        "server.body_limit_bytes",
        &["VELOCIOUS_SERVER_BODY_LIMIT_BYTES"],
    ),
    key(
        "server.body_timeout_seconds",
        &["VELOCIOUS_SERVER_BODY_TIMEOUT_SECONDS"],
    ),
    key(
        "server.upload_limit_bytes",
        &["VELOCIOUS_SERVER_UPLOAD_LIMIT_BYTES"],
    ),
    key(
        "server.address_limit_bytes",
        &["VELOCIOUS_SERVER_ADDRESS_LIMIT_BYTES"],
    ),
    key(
        "server.header_limit_bytes",
        &["VELOCIOUS_SERVER_HEADER_LIMIT_BYTES"],
    ),
    key(
        "server.header_timeout_ms",
        &["VELOCIOUS_SERVER_HEADER_TIMEOUT_MS"],
    ),
    key(
        "server.write_timeout_ms",
        &["VELOCIOUS_SERVER_WRITE_TIMEOUT_MS"],
    ),
    key("server.request_timeout", &["VELOCIOUS_REQUEST_TIMEOUT_MS"]),
    key("server.compression", &["VELOCIOUS_SERVER_COMPRESSION"]),
    key(
        "server.compression_level",
        &["VELOCIOUS_SERVER_COMPRESSION_LEVEL"],
    ),
    key("server.trusted_proxies", &["VELOCIOUS_TRUSTED_PROXIES"]),
    key("database.url", &["DATABASE_URL"]),
    key("database.reads", &["VELOCIOUS_DATABASE_READS"]),
    key("database.readers", &["VELOCIOUS_DATABASE_READERS"]),
    key(
        "database.busy_timeout_ms",
        &["VELOCIOUS_DATABASE_BUSY_TIMEOUT_MS"],
    ),
    key("database.prepare", &["VELOCIOUS_DATABASE_PREPARE"]),
    key("database.pool", &["VELOCIOUS_DATABASE_POOL"]),
    key(
        "database.checkout_timeout_ms",
        &["VELOCIOUS_DATABASE_CHECKOUT_TIMEOUT_MS"],
    ),
    key(
        "database.idle_timeout_seconds",
        &["VELOCIOUS_DATABASE_IDLE_TIMEOUT_SECONDS"],
    ),
    key(
        "database.statement_timeout_ms",
        &["VELOCIOUS_DATABASE_STATEMENT_TIMEOUT_MS"],
    ),
    key("log.debug", &["VELOCIOUS_LOG_DEBUG"]),
    key("log.level", &["VELOCIOUS_LOG_LEVEL"]),
    key("log.console", &["VELOCIOUS_LOG_CONSOLE"]),
    key("log.format", &["VELOCIOUS_LOG_FORMAT"]),
    key("log.directory", &["VELOCIOUS_LOG_DIRECTORY"]),
    key("log.file", &["VELOCIOUS_LOG_FILE"]),
    key("security.cookie_secret", &["VELOCIOUS_COOKIE_SECRET"]),
    key(
        "security.previous_cookie_secrets",
        &["VELOCIOUS_PREVIOUS_COOKIE_SECRETS"],
    ),
    key("security.trusted_origins", &["VELOCIOUS_TRUSTED_ORIGINS"]),
    key("security.hosts", &["VELOCIOUS_HOSTS"]),
    key("security.hsts_seconds", &["VELOCIOUS_HSTS_SECONDS"]),
    key("cors.origins", &["VELOCIOUS_CORS_ORIGINS"]),
    key("cors.paths", &["VELOCIOUS_CORS_PATHS"]),
    key("cors.methods", &["VELOCIOUS_CORS_METHODS"]),
    key("cors.headers", &["VELOCIOUS_CORS_HEADERS"]),
    key("cors.exposed_headers", &["VELOCIOUS_CORS_EXPOSED_HEADERS"]),
    key("cors.credentials", &["VELOCIOUS_CORS_CREDENTIALS"]),
    key("cors.max_age_seconds", &["VELOCIOUS_CORS_MAX_AGE_SECONDS"]),
    key("session.store", &["VELOCIOUS_SESSION_STORE"]),
    key(
        "session.lifetime_hours",
        &["VELOCIOUS_SESSION_LIFETIME_HOURS"],
    ),
    key(
        "session.remember_days",
        &["VELOCIOUS_SESSION_REMEMBER_DAYS"],
    ),
];

const fn key(name: &'static str, variables: &'static [&'static str]) -> Key {
    Key { name, variables }
}

/// The key of this name as [`KEYS`] has it.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    KEYS.iter().map(|key| key.name).find(|known| *known == name)
}

/// What is wrong with a key that does not exist, and which one was probably meant.
pub(crate) fn unknown(name: &str) -> String {
    let names = || KEYS.iter().map(|key| key.name);
    if let Some(meant) = nearest(name, names().collect::<Vec<_>>()) {
        return format!("is no known key: did you mean `{meant}`?");
    }
    let section = name.split('.').next().unwrap_or_default();
    let inside: Vec<_> = names()
        .filter(|known| known.split('.').next() == Some(section))
        .map(|known| format!("`{known}`"))
        .collect();
    match inside.as_slice() {
        [] => "is no known section: there are `[server]`, `[database]`, `[databases.…]`, `[log]`, `[security]`, `[cors]` and `[session]`"
            .into(),
        inside => format!("is no known key: there are {}", inside.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_section_and_a_variable_of_its_own() {
        let mut variables: Vec<_> = KEYS.iter().flat_map(|key| key.variables).collect();
        let all = variables.len();
        variables.sort();
        variables.dedup();
        assert_eq!(variables.len(), all);
        for key in KEYS {
            assert_eq!(key.name.split('.').count(), 2, "{}", key.name);
            assert!(!key.variables.is_empty(), "{}", key.name);
        }
    }

    #[test]
    fn the_nearest_key_is_suggested() {
        assert_eq!(
            unknown("server.prot"),
            "is no known key: did you mean `server.port`?"
        );
        assert!(unknown("log.colourful").contains(
            "`log.debug`, `log.level`, `log.console`, `log.format`, `log.directory`, `log.file`"
        ));
        assert!(unknown("mail.host").starts_with("is no known section"));
    }
}
