//! How to open a database: [`DatabaseOptions`], made from a path or a URL.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Dialect;
use super::url::ServerUrl;
use crate::{Error, Result};

/// Which database to open, and how.
///
/// ```
/// use velocious::database::DatabaseOptions;
///
/// let options = DatabaseOptions::from_url("sqlite:db/development.sqlite3")?;
/// assert_eq!(options.path(), Some("db/development.sqlite3".as_ref()));
/// let error = DatabaseOptions::from_url("oracle:shop").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`oracle` is no database Velocious knows: use a URL like `sqlite:db/development.sqlite3`, `postgres://localhost/shop` or `mysql://localhost/shop`"
/// );
/// # Ok::<(), velocious::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct DatabaseOptions {
    pub(crate) location: Location,
    pub(crate) reads: Reads,
    pub(crate) readers: usize,
    pub(crate) busy_timeout: Duration,
    pub(crate) read_only: bool,
    pub(crate) create: bool,
    pub(crate) max_connections: usize,
    pub(crate) checkout_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) statement_timeout: Option<Duration>,
}

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// A database that is gone when it is closed.
    Memory,
    /// A file.
    File(PathBuf),
    /// A file that a browser keeps, by its name.
    #[cfg(target_family = "wasm")]
    Opfs(String),
    /// A server.
    Server(ServerUrl),
}

/// Where SQLite's reads run. Writes always have a thread of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Reads {
    /// On the thread that asks, which costs about half the processor time of a hop to another one. Queries that take
    /// long hold up whatever else that thread has to do.
    #[default]
    Inline,
    /// On threads of their own.
    Threads,
}

impl DatabaseOptions {
    /// How long a write to SQLite waits for its turn unless [`busy_timeout`](Self::busy_timeout) says otherwise: 5
    /// seconds.
    pub const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

    /// How long a query waits for a connection unless [`checkout_timeout`](Self::checkout_timeout) says otherwise: 5
    /// seconds.
    pub const CHECKOUT_TIMEOUT: Duration = Duration::from_secs(5);

    /// An SQLite database in a file, or `:memory:`.
    pub fn sqlite(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        Self::at(match path.as_os_str() == ":memory:" {
            true => Location::Memory,
            false => Location::File(path.to_owned()),
        })
    }

    fn at(location: Location) -> Self {
        DatabaseOptions {
            location,
            reads: Reads::default(),
            readers: std::thread::available_parallelism().map_or(4, |cores| cores.get().max(4)),
            busy_timeout: Self::BUSY_TIMEOUT,
            read_only: false,
            create: true,
            max_connections: 10,
            checkout_timeout: Self::CHECKOUT_TIMEOUT,
            idle_timeout: Duration::from_secs(600),
            statement_timeout: None,
        }
    }

    /// Reads `sqlite:db/development.sqlite3`, `sqlite::memory:`, or a path alone; or the URL of a database on a
    /// server, `postgres://user:password@host:5432/shop` or `mysql://user:password@host:3306/shop` (also
    /// `postgresql:` and `mariadb:`). What stands behind a `?` is for the driver. In a browser also `opfs:app.sqlite3`, a file
    /// that the browser keeps.
    ///
    /// # Errors
    /// When the database is one that this build knows nothing of, or none is named.
    pub fn from_url(url: &str) -> Result<Self> {
        let path = match url.split_once(':') {
            // One letter is a drive of Windows.
            None | Some(("" | "file", _)) => url,
            Some((drive, _)) if drive.len() == 1 => url,
            Some(("sqlite" | "sqlite3", rest)) => rest.strip_prefix("//").unwrap_or(rest),
            Some(("opfs", name)) => return Self::in_browser(url, name),
            Some((scheme, rest)) => {
                let dialect = ServerUrl::dialect_of(scheme)
                    .ok_or_else(|| Error::message(unknown_scheme(scheme)))?;
                return Self::on_server(ServerUrl::new(dialect, rest));
            }
        };
        if let Some((_, options)) = path.split_once('?').filter(|_| url.contains(':')) {
            return Err(Error::message(format!(
                "`?{options}` of `{url}` means nothing here: take it away, and use the keys `reads`, `readers` and `busy_timeout_ms` beside `url`"
            )));
        }
        if path.is_empty() {
            return Err(Error::message(format!(
                "`{url}` names no database: write the file's path, as in `sqlite:db/development.sqlite3`"
            )));
        }
        Ok(Self::sqlite(path.strip_prefix("file:").unwrap_or(path)))
    }

    #[cfg(target_family = "wasm")]
    fn in_browser(url: &str, name: &str) -> Result<Self> {
        let is_name = !name.is_empty() && !name.contains(['/', '\\', '?', '#', '%', '\0']);
        match is_name && name != ":memory:" {
            true => Ok(Self::at(Location::Opfs(name.to_owned()))),
            false => Err(Error::message(format!(
                "`{url}` names no file of the browser: write a name without folders, as in `opfs:app.sqlite3`"
            ))),
        }
    }

    #[cfg(not(target_family = "wasm"))]
    fn in_browser(url: &str, _name: &str) -> Result<Self> {
        Err(Error::message(format!(
            "`{url}` is a database that a browser keeps, and this program runs outside of one: use a URL like `sqlite:db/development.sqlite3`, or build it for `wasm32-unknown-unknown`"
        )))
    }

    fn on_server(url: ServerUrl) -> Result<Self> {
        let (feature, is_compiled) = match url.dialect() {
            Dialect::Postgres => ("postgres", cfg!(feature = "postgres")),
            _ => ("mysql", cfg!(feature = "mysql")),
        };
        let name = url.dialect().name();
        if !is_compiled {
            return Err(Error::message(format!(
                "`{url}` needs the driver for {name}, which is not compiled in: enable the feature `{feature}` in Cargo.toml, as in `velocious = {{ version = \"…\", features = [\"{feature}\"] }}`"
            )));
        }
        if url.database().is_none() {
            return Err(Error::message(format!(
                "`{url}` names no database: write its name behind the host, as in `{feature}://localhost/shop`"
            )));
        }
        Ok(Self::at(Location::Server(url)).create(false))
    }

    /// Where SQLite's reads run.
    pub fn reads(mut self, reads: Reads) -> Self {
        self.reads = reads;
        self
    }

    /// How many of SQLite's connections for reading are kept open, at least 1; with [`Reads::Threads`] also how many
    /// threads. As many as there are cores, and at least 4, unless set.
    pub fn readers(mut self, readers: usize) -> Self {
        self.readers = readers.max(1);
        self
    }

    /// How long a write to SQLite waits for its turn, be it for a transaction of this program or for another process; at most a
    /// day.
    pub fn busy_timeout(mut self, timeout: Duration) -> Self {
        self.busy_timeout = timeout.min(Duration::from_secs(86_400));
        self
    }

    /// Whether to refuse every write.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// How many connections to a server this program may have open at once, at least 1, whatever number of threads
    /// use them. 10 unless set.
    ///
    /// A connection stays with the runtime that opened it, as each worker of an HTTP server has one of its own. An
    /// idle one makes room for another runtime's when there are as many as there may be.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.max_connections = connections.clamp(1, 10_000);
        self
    }

    /// How long a query waits for a connection to the server, opening one included. 5 seconds unless set.
    pub fn checkout_timeout(mut self, timeout: Duration) -> Self {
        self.checkout_timeout = timeout.min(Duration::from_secs(86_400));
        self
    }

    /// How long a connection to a server stays open without being used. 10 minutes unless set.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// How long a statement may run on a server, which then ends it with an error; a server that does not answer at
    /// all is given up a second later. Without limit unless set; at least a millisecond.
    ///
    /// MySQL itself (not MariaDB) ends only reads by itself. SQLite, which runs in this program, ends none.
    pub fn statement_timeout(mut self, timeout: Duration) -> Self {
        self.statement_timeout = Some(timeout.max(Duration::from_millis(1)));
        self
    }

    /// Whether to make the database when there is none: SQLite's file, in a folder that has to exist, which is `true`
    /// unless set; or the one on a server, for which this user may need the right, which is `false` unless set.
    pub fn create(mut self, create: bool) -> Self {
        self.create = create;
        self
    }

    /// The same with a relative path taken as relative to `folder`.
    pub fn relative_to(mut self, folder: impl AsRef<Path>) -> Self {
        if let Location::File(path) = &mut self.location {
            *path = folder.as_ref().join(&*path);
        }
        self
    }

    /// The database's file; `None` when it lives in memory, in a browser or on a server.
    pub fn path(&self) -> Option<&Path> {
        match &self.location {
            Location::File(path) => Some(path),
            _ => None,
        }
    }

    /// Which SQL the database speaks.
    pub fn dialect(&self) -> Dialect {
        match &self.location {
            Location::Server(url) => url.dialect(),
            _ => Dialect::Sqlite,
        }
    }

    /// The name of the database on its server, as the URL has it; `None` for SQLite.
    pub fn database(&self) -> Option<&str> {
        match &self.location {
            Location::Server(url) => url.database(),
            _ => None,
        }
    }
}

fn unknown_scheme(scheme: &str) -> String {
    format!(
        "`{scheme}` is no database Velocious knows: use a URL like `sqlite:db/development.sqlite3`, `postgres://localhost/shop` or `mysql://localhost/shop`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_and_paths_are_read() {
        let path =
            |url| DatabaseOptions::from_url(url).map(|options| options.path().map(Path::to_owned));
        for (url, expected) in [
            ("sqlite:db/dev.sqlite3", Some("db/dev.sqlite3")),
            ("sqlite://db/dev.sqlite3", Some("db/dev.sqlite3")),
            ("sqlite:///var/dev.sqlite3", Some("/var/dev.sqlite3")),
            ("db/dev.sqlite3", Some("db/dev.sqlite3")),
            ("file:db/dev.sqlite3", Some("db/dev.sqlite3")),
            ("C:\\dev.sqlite3", Some("C:\\dev.sqlite3")),
            ("sqlite::memory:", None),
            (":memory:", None),
        ] {
            let read = path(url).unwrap_or_else(|error| panic!("{url}: {error}"));
            assert_eq!(read.as_deref(), expected.map(Path::new), "{url}");
        }
    }

    #[test]
    fn what_cannot_be_opened_is_named() {
        let message = |url| DatabaseOptions::from_url(url).expect_err(url).to_string();
        assert!(message("oracle:shop").starts_with("`oracle` is no database Velocious knows: use"));
        assert!(message("sqlite:").starts_with("`sqlite:` names no database"));
        assert_eq!(
            message("sqlite:db/dev.sqlite3?mode=rwc"),
            "`?mode=rwc` of `sqlite:db/dev.sqlite3?mode=rwc` means nothing here: take it away, and use the keys `reads`, `readers` and `busy_timeout_ms` beside `url`"
        );
        assert!(message("").starts_with("`` names no database"));
    }

    #[test]
    #[cfg(not(target_family = "wasm"))]
    fn what_a_browser_keeps_cannot_be_opened_elsewhere() {
        let error = DatabaseOptions::from_url("opfs:app.sqlite3").expect_err("no browser");
        assert_eq!(
            error.to_string(),
            "`opfs:app.sqlite3` is a database that a browser keeps, and this program runs outside of one: use a URL like `sqlite:db/development.sqlite3`, or build it for `wasm32-unknown-unknown`"
        );
    }

    #[test]
    #[cfg(not(feature = "postgres"))]
    fn a_driver_that_is_not_compiled_in_is_named_with_its_feature() {
        let error = DatabaseOptions::from_url("postgresql://u:secret@localhost/shop")
            .expect_err("there is no driver");
        assert_eq!(
            error.to_string(),
            "`postgres://u:…@localhost/shop` needs the driver for PostgreSQL, which is not compiled in: enable the feature `postgres` in Cargo.toml, as in `velocious = { version = \"…\", features = [\"postgres\"] }`"
        );
    }

    #[test]
    #[cfg(all(feature = "postgres", feature = "mysql"))]
    fn databases_on_servers_are_named_and_their_passwords_are_not() {
        let options =
            DatabaseOptions::from_url("mariadb://u:secret@localhost/shop").expect("a URL");
        assert_eq!(options.dialect(), Dialect::Mysql);
        assert_eq!((options.database(), options.path()), (Some("shop"), None));
        assert!(!format!("{options:?}").contains("secret"), "{options:?}");
        let error =
            DatabaseOptions::from_url("postgres://u:secret@localhost").expect_err("no name");
        assert_eq!(
            error.to_string(),
            "`postgres://u:…@localhost/` names no database: write its name behind the host, as in `postgres://localhost/shop`"
        );
    }

    #[test]
    fn relative_paths_can_be_put_under_a_folder() {
        let path = |path: &str| {
            DatabaseOptions::sqlite(path)
                .relative_to("/app")
                .path()
                .map(Path::to_owned)
        };
        assert_eq!(path("db/x").as_deref(), Some("/app/db/x".as_ref()));
        assert_eq!(path("/db/x").as_deref(), Some("/db/x".as_ref()));
        assert_eq!(path(":memory:"), None);
    }
}
