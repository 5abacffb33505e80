//! `[database]` and `[databases.…]`: which databases there are, and how they are used.

use std::collections::BTreeMap;
use std::time::Duration;

use super::meant::Surroundings;
use super::reader::Reader;
use crate::database::DatabaseOptions;

/// Which database, and how it is used.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DatabaseConfig {
    /// As in `sqlite:db/development.sqlite3`.
    pub url: String,
    /// Whether queries run on the thread of the request (`reads = "inline"`) and not on threads of their own.
    pub reads_inline: bool,
    /// How many connections read; as many as workers unless set.
    pub readers: usize,
    /// How long a write waits for its turn; 5 seconds unless set.
    pub busy_timeout: Duration,
    /// Whether a server creates the database, applies what migrations are pending and plants the seeds in a new
    /// database, all before it listens; not unless set.
    pub prepare: bool,
    /// How many connections to a server this program has open at most; 10 unless set.
    pub pool: usize,
    /// How long a query waits for a connection to a server; 5 seconds unless set.
    pub checkout_timeout: Duration,
    /// How long a connection to a server stays open without being used; 10 minutes unless set.
    pub idle_timeout: Duration,
    /// How long a statement may run on a server; without limit unless set.
    pub statement_timeout: Option<Duration>,
}

/// Reads the section of the application's own database.
pub(super) fn database(
    reader: &mut Reader,
    surroundings: &Surroundings<'_>,
    workers: usize,
) -> DatabaseConfig {
    let url = reader.text("database.url").map(|(url, origin)| {
        if let Err(error) = DatabaseOptions::from_url(&url) {
            reader.fault(
                "database.url",
                origin,
                format!("names a database that cannot be used: {error}"),
            );
        }
        url
    });
    let inline = reader.one_of(
        "database.reads",
        &[("inline", true), ("threads", false)],
        true,
    );
    DatabaseConfig {
        url: url.unwrap_or_else(|| format!("sqlite:db/{}.sqlite3", surroundings.environment)),
        reads_inline: inline,
        readers: reader.integer("database.readers", 1..=512, workers as i64) as usize,
        busy_timeout: reader.milliseconds("database.busy_timeout_ms", 0..=600_000, 5_000),
        prepare: reader.boolean("database.prepare", false),
        pool: reader.integer("database.pool", 1..=10_000, 10) as usize,
        checkout_timeout: reader.milliseconds(
            "database.checkout_timeout_ms",
            1..=86_400_000,
            5_000,
        ),
        idle_timeout: reader.seconds("database.idle_timeout_seconds", 1..=86_400, 600),
        statement_timeout: reader
            .optional_integer("database.statement_timeout_ms", 1..=86_400_000)
            .map(|number| Duration::from_millis(number.unsigned_abs())),
    }
}

/// Reads the sections of the others: their URLs, by their names.
pub(super) fn databases(reader: &mut Reader) -> BTreeMap<String, String> {
    let mut databases = BTreeMap::new();
    for (identifier, url, origin) in reader.databases() {
        if let Err(error) = DatabaseOptions::from_url(&url) {
            reader.fault(
                &format!("databases.{identifier}.url"),
                origin,
                format!("names a database that cannot be used: {error}"),
            );
        }
        databases.insert(identifier, url);
    }
    databases
}
