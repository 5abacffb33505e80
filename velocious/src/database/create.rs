//! Making and dropping whole databases.

use super::options::Location;
use super::{DatabaseOptions, Db};
use crate::{Error, Result};

impl Db {
    /// Drops the database that the options name; answers whether there was one. SQLite's files are deleted. Nobody may
    /// have it open.
    ///
    /// ```no_run
    /// use velocious::Db;
    /// use velocious::database::DatabaseOptions;
    ///
    /// # async fn example() -> velocious::Result<()> {
    /// Db::drop_database(DatabaseOptions::sqlite("db/test.sqlite3")).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When somebody has it open, or this user may not drop it.
    pub async fn drop_database(options: DatabaseOptions) -> Result<bool> {
        match &options.location {
            Location::Memory => Ok(false),
            #[cfg(all(feature = "sqlite", target_family = "wasm"))]
            Location::Opfs(name) => Ok(super::sqlite::remove(name, options.busy_timeout).await?),
            #[cfg(all(not(feature = "sqlite"), target_family = "wasm"))]
            Location::Opfs(_) => Ok(false),
            Location::File(path) => {
                let mut was_there = false;
                for ending in ["", "-wal", "-shm"] {
                    let mut file = path.clone().into_os_string();
                    file.push(ending);
                    match std::fs::remove_file(&file) {
                        Ok(()) => was_there = true,
                        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                        Err(error) => {
                            return Err(Error::message(format!(
                                "cannot delete `{}`: {error}",
                                file.display()
                            )));
                        }
                    }
                }
                Ok(was_there)
            }
            Location::Server(_) => {
                #[cfg(any(feature = "postgres", feature = "mysql"))]
                return super::remote::drop_database(&options).await;
                #[cfg(not(any(feature = "postgres", feature = "mysql")))]
                Err(Error::message(
                    "the driver for this database is not compiled in",
                ))
            }
        }
    }
}
