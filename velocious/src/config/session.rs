//! `[session]`: how a browser is remembered from one request to the next.

use std::time::Duration;

use super::reader::Reader;

/// How a browser is remembered from one request to the next.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SessionConfig {
    /// Where sessions are kept; in cookies unless set.
    pub store: SessionStore,
    /// How long a session lasts without a request that uses it; two weeks unless set.
    pub lifetime: Duration,
    /// How long [`Context::remember`](crate::Context::remember) remembers; 30 days unless set.
    pub remember: Duration,
}

/// Where sessions are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionStore {
    /// In an encrypted cookie.
    Cookie,
    /// In the table `velocious_sessions`, whose rows a cookie has the keys of.
    Database,
}

/// Reads the section.
pub(super) fn session(reader: &mut Reader) -> SessionConfig {
    let stores = [
        ("cookie", SessionStore::Cookie),
        ("database", SessionStore::Database),
    ];
    let hours = reader.integer("session.lifetime_hours", 1..=24 * 400, 24 * 14);
    let days = reader.integer("session.remember_days", 1..=400, 30);
    SessionConfig {
        store: reader.one_of("session.store", &stores, SessionStore::Cookie),
        lifetime: Duration::from_secs(hours.unsigned_abs() * 60 * 60),
        remember: Duration::from_secs(days.unsigned_abs() * 24 * 60 * 60),
    }
}
