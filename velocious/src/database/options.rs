//! How to open a database: [`DatabaseOptions`], made from a path or a URL.

use std::path::{Path, PathBuf};
use std::time::Duration;

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
///     "`oracle` is no database Velocious knows: use a URL like `sqlite:db/development.sqlite3`"
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
}

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// A database that is gone when it is closed.
    Memory,
    /// A file.
    File(PathBuf),
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
    /// How long a write waits for its turn unless [`busy_timeout`](Self::busy_timeout) says otherwise: 5 seconds.
    pub const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

    /// An SQLite database in a file, or `:memory:`.
    pub fn sqlite(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        DatabaseOptions {
            location: match path.as_os_str() == ":memory:" {
                true => Location::Memory,
                false => Location::File(path.to_owned()),
            },
            reads: Reads::default(),
            readers: std::thread::available_parallelism().map_or(4, |cores| cores.get().max(4)),
            busy_timeout: Self::BUSY_TIMEOUT,
            read_only: false,
            create: true,
        }
    }

    /// Reads `sqlite:db/development.sqlite3`, `sqlite::memory:`, or a path alone.
    ///
    /// # Errors
    /// When the database is one that this build knows nothing of, or no path is given.
    pub fn from_url(url: &str) -> Result<Self> {
        let path = match url.split_once(':') {
            // One letter is a drive of Windows.
            None | Some(("" | "file", _)) => url,
            Some((drive, _)) if drive.len() == 1 => url,
            Some(("sqlite" | "sqlite3", rest)) => rest.strip_prefix("//").unwrap_or(rest),
            Some((scheme, _)) => return Err(Error::message(unknown_scheme(scheme))),
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

    /// Where reads run.
    pub fn reads(mut self, reads: Reads) -> Self {
        self.reads = reads;
        self
    }

    /// How many connections for reading are kept open, at least 1; with [`Reads::Threads`] also how many threads. As
    /// many as there are cores, and at least 4, unless set.
    pub fn readers(mut self, readers: usize) -> Self {
        self.readers = readers.max(1);
        self
    }

    /// How long a write waits for its turn, be it for a transaction of this program or for another process; at most a
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

    /// Whether to make the file when there is none (the folder has to exist). `true` unless set.
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

    /// The database's file; `None` when it lives in memory.
    pub fn path(&self) -> Option<&Path> {
        match &self.location {
            Location::Memory => None,
            Location::File(path) => Some(path),
        }
    }
}

fn unknown_scheme(scheme: &str) -> String {
    let name = match scheme {
        "postgres" | "postgresql" => "PostgreSQL",
        "mysql" | "mariadb" => "MySQL",
        _ => {
            return format!(
                "`{scheme}` is no database Velocious knows: use a URL like `sqlite:db/development.sqlite3`"
            );
        }
    };
    format!(
        "{name} is not compiled in yet: use SQLite, with a URL like `sqlite:db/development.sqlite3`"
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
        assert_eq!(
            message("postgres://localhost/shop"),
            "PostgreSQL is not compiled in yet: use SQLite, with a URL like `sqlite:db/development.sqlite3`"
        );
        assert!(message("mysql://localhost/shop").starts_with("MySQL is not compiled in yet"));
        assert!(message("sqlite:").starts_with("`sqlite:` names no database"));
        assert_eq!(
            message("sqlite:db/dev.sqlite3?mode=rwc"),
            "`?mode=rwc` of `sqlite:db/dev.sqlite3?mode=rwc` means nothing here: take it away, and use the keys `reads`, `readers` and `busy_timeout_ms` beside `url`"
        );
        assert!(message("").starts_with("`` names no database"));
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
