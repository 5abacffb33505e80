//! The databases that proofs run on: SQLite always; PostgreSQL and MariaDB (or MySQL) when
//! `VELOCIOUS_TEST_POSTGRES_URL` and `VELOCIOUS_TEST_MYSQL_URL` name a server on which databases may be made and
//! dropped. `tests/databases.sh` starts such servers.

use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use velocious::database::{DatabaseOptions, Db, Dialect};
use velocious::{Error, Result};

/// Where databases can be made.
#[derive(Clone, Debug)]
pub struct Server {
    dialect: Dialect,
    url: String,
}

impl Server {
    /// SQLite, in files that are gone afterwards.
    pub fn sqlite() -> Self {
        Server {
            dialect: Dialect::Sqlite,
            url: String::new(),
        }
    }

    /// The PostgreSQL that the environment names.
    pub fn postgres() -> Option<Self> {
        let url = std::env::var("VELOCIOUS_TEST_POSTGRES_URL").ok()?;
        Some(Server::at(Dialect::Postgres, url))
    }

    /// The MySQL or MariaDB that the environment names.
    pub fn mysql() -> Option<Self> {
        let url = std::env::var("VELOCIOUS_TEST_MYSQL_URL").ok()?;
        Some(Server::at(Dialect::Mysql, url))
    }

    /// A server at a URL.
    pub fn at(dialect: Dialect, url: String) -> Self {
        Server { dialect, url }
    }

    /// The databases that there are.
    pub fn all() -> Vec<Self> {
        let servers = [Some(Server::sqlite()), Server::postgres(), Server::mysql()];
        servers.into_iter().flatten().collect()
    }

    /// Which SQL it speaks.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The URL of a database on it; empty for SQLite.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What people call it.
    pub fn name(&self) -> &'static str {
        match self.dialect {
            Dialect::Sqlite => "SQLite",
            Dialect::Postgres => "PostgreSQL",
            _ => "MariaDB",
        }
    }

    /// Runs work on a new database, which is dropped afterwards.
    ///
    /// # Errors
    /// When the database cannot be made, or what the work fails with.
    pub async fn with_database<T>(&self, work: impl AsyncFnOnce(Db) -> Result<T>) -> Result<T> {
        self.with_options(|options| options, work).await
    }

    /// The same on a database that is opened in a special way.
    ///
    /// # Errors
    /// When the database cannot be made, or what the work fails with.
    pub async fn with_options<T>(
        &self,
        change: impl FnOnce(DatabaseOptions) -> DatabaseOptions,
        work: impl AsyncFnOnce(Db) -> Result<T>,
    ) -> Result<T> {
        self.with_place(async |place| {
            let db = Db::open(change(place.options()?)).await?;
            let outcome = work(db.clone()).await;
            db.close().await;
            outcome
        })
        .await
    }

    /// Runs work with the URL of a new database, which is dropped afterwards.
    ///
    /// # Errors
    /// When the database cannot be made, or what the work fails with.
    pub async fn with_place<T>(&self, work: impl AsyncFnOnce(&Place) -> Result<T>) -> Result<T> {
        let place = self.place()?;
        let outcome = work(&place).await;
        if place.folder.is_none() {
            let server = Db::open(DatabaseOptions::from_url(&self.url)?).await?;
            let name = &place.name;
            let with_force = match self.dialect {
                Dialect::Postgres => " WITH (FORCE)",
                _ => "",
            };
            let dropped = server
                .batch(&format!("DROP DATABASE IF EXISTS {name}{with_force}"))
                .await;
            server.close().await;
            dropped?;
        }
        outcome
    }

    fn place(&self) -> Result<Place> {
        let name = unique_name();
        if self.dialect == Dialect::Sqlite {
            let folder = Folder::new(&name)?;
            let url = format!("sqlite:{}", folder.0.join("proof.sqlite3").display());
            return Ok(Place {
                name,
                url,
                folder: Some(folder),
            });
        }
        let (place, parameters) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let end = place.rfind('/').unwrap_or(place.len());
        let mark = if parameters.is_empty() { "" } else { "?" };
        Ok(Place {
            url: format!("{}/{name}{mark}{parameters}", &place[..end]),
            name,
            folder: None,
        })
    }
}

/// Where one database is.
pub struct Place {
    name: String,
    url: String,
    folder: Option<Folder>,
}

impl Place {
    /// How to open it; it is made when it is not there.
    ///
    /// # Errors
    /// When its URL is none that can be read.
    pub fn options(&self) -> Result<DatabaseOptions> {
        Ok(DatabaseOptions::from_url(&self.url)?.create(true))
    }

    /// Its URL.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// A folder that is gone when this is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path)?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left over is left to the system.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Creates tables, with `{id}` and `{time}` for what differs.
///
/// # Errors
/// When the database refuses.
pub async fn create(db: &Db, tables: &str) -> Result<()> {
    let (id, time) = match db.dialect() {
        Dialect::Postgres => (
            "id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
            "TIMESTAMP WITH TIME ZONE",
        ),
        Dialect::Mysql => (
            "id BIGINT AUTO_INCREMENT PRIMARY KEY NOT NULL",
            "DATETIME(6)",
        ),
        _ => ("id INTEGER PRIMARY KEY NOT NULL", "DATETIME"),
    };
    let tables = tables.replace("{id}", id).replace("{time}", time);
    db.batch(&tables).await
}

/// Does work on a thread of its own, with a stack that holds the futures of a debug build.
///
/// # Errors
/// When there can be no thread, or what the work fails with.
pub fn on_thread<T: Send>(work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    const STACK: usize = 64 << 20;
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        let thread = builder.spawn_scoped(scope, work)?;
        thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Waits for a future on a runtime of its own.
///
/// # Errors
/// When there can be no runtime, or what the future fails with.
pub fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::from)?;
    runtime.block_on(work)
}

/// A name that no other database has, of this program or another one that runs at the same time.
fn unique_name() -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("velocious_proof_{}_{number}", std::process::id())
}
