//! diesel's own connections, for queries written with diesel.

use diesel::QueryResult;

use super::Db;
use super::engine::Engine;
use crate::Result;

impl Db {
    /// Runs `work` with diesel's connection to an SQLite database, on the thread of the connection that writes; in the
    /// transaction of this handle, if it has one.
    ///
    /// A transaction that diesel begins here has to end here.
    ///
    /// ```
    /// use diesel::prelude::*;
    /// use velocious::Db;
    /// use velocious::database::DatabaseOptions;
    ///
    /// diesel::table! {
    ///     tags (id) { id -> BigInt, name -> Text }
    /// }
    ///
    /// # async fn example() -> velocious::Result<()> {
    /// let db = Db::open(DatabaseOptions::sqlite(":memory:")).await?;
    /// db.batch("CREATE TABLE tags (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL)").await?;
    /// let names = db
    ///     .diesel_sqlite(|conn| {
    ///         diesel::insert_into(tags::table).values(tags::name.eq("rust")).execute(conn)?;
    ///         tags::table.select(tags::name).load::<String>(conn)
    ///     })
    ///     .await?;
    /// assert_eq!(names, ["rust"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// What `work` fails with; or that this database is not SQLite.
    #[cfg(feature = "sqlite")]
    pub async fn diesel_sqlite<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut diesel::sqlite::SqliteConnection) -> QueryResult<T> + Send + 'static,
    ) -> Result<T> {
        match self.engine() {
            Engine::Sqlite(sqlite) => {
                let level = self.level().map(super::engine::Level::id);
                sqlite.diesel(level, work).await
            }
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Engine::Remote(_) => Err(self.is_another("SQLite", "diesel_sqlite")),
        }
    }

    /// Runs `work` with diesel-async's connection to a PostgreSQL database; in the transaction of this handle, if it
    /// has one.
    ///
    /// A transaction that diesel begins here has to end here. A query that fails in a transaction takes the
    /// transaction with it.
    ///
    /// # Errors
    /// What `work` fails with; or that this database is not PostgreSQL.
    #[cfg(feature = "postgres")]
    pub async fn diesel_postgres<T>(
        &self,
        work: impl AsyncFnOnce(&mut diesel_async::AsyncPgConnection) -> QueryResult<T>,
    ) -> Result<T> {
        match self.engine() {
            Engine::Remote(remote) if self.dialect() == super::Dialect::Postgres => {
                self.refuse_self_deadlock()?;
                remote.diesel_postgres(self.level(), work).await
            }
            _ => Err(self.is_another("PostgreSQL", "diesel_postgres")),
        }
    }

    /// Runs `work` with diesel-async's connection to a MySQL or MariaDB database; in the transaction of this handle, if
    /// it has one.
    ///
    /// A transaction that diesel begins here has to end here.
    ///
    /// # Errors
    /// What `work` fails with; or that this database is neither.
    #[cfg(feature = "mysql")]
    pub async fn diesel_mysql<T>(
        &self,
        work: impl AsyncFnOnce(&mut diesel_async::AsyncMysqlConnection) -> QueryResult<T>,
    ) -> Result<T> {
        match self.engine() {
            Engine::Remote(remote) if self.dialect() == super::Dialect::Mysql => {
                self.refuse_self_deadlock()?;
                remote.diesel_mysql(self.level(), work).await
            }
            _ => Err(self.is_another("MySQL", "diesel_mysql")),
        }
    }

    #[cfg(any(feature = "postgres", feature = "mysql"))]
    fn is_another(&self, wanted: &str, method: &str) -> crate::Error {
        let found = self.dialect().name();
        let text =
            format!("this database is {found}, not {wanted}: `{method}` cannot be used on it");
        super::DatabaseError::new(super::DatabaseErrorKind::Other, text).into()
    }
}
