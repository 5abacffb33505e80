//! Making and dropping databases on a server, over a connection to another one that is always there.

use std::sync::Arc;

use super::lease::Lease;
use super::pool::Pool;
use super::{Outcome, Place};
use crate::Result;
use crate::database::options::Location;
use crate::database::row::Rows;
use crate::database::statement::StatementBuilder;
use crate::database::{DatabaseError, DatabaseErrorKind, DatabaseOptions, Dialect};
use crate::value::Value;

/// Compares text as it is, spaces at its end included; each family of servers has a name of its own for it.
const COLLATIONS: &str = "SELECT collation_name FROM information_schema.collations WHERE collation_name IN ('utf8mb4_nopad_bin', 'utf8mb4_0900_bin')";

/// Makes the database, unless it is there.
pub(super) async fn create_database(options: &DatabaseOptions) -> Result<()> {
    let mut administrator = Administrator::connect(options).await?;
    if administrator.has_database().await? {
        return Ok(());
    }
    let how = match administrator.dialect {
        Dialect::Mysql => {
            let collation = administrator.texts(COLLATIONS, []).await?.pop();
            let collation = collation.unwrap_or_else(|| "utf8mb4_bin".into());
            format!(" CHARACTER SET utf8mb4 COLLATE {collation}")
        }
        _ => " ENCODING 'UTF8' TEMPLATE template0".to_owned(),
    };
    match administrator.run("CREATE DATABASE ", &how).await {
        // Somebody else was quicker.
        Err(_) if administrator.has_database().await? => Ok(()),
        outcome => Ok(outcome?),
    }
}

/// Drops the database; answers whether there was one.
pub(crate) async fn drop_database(options: &DatabaseOptions) -> Result<bool> {
    let mut administrator = Administrator::connect(options).await?;
    if !administrator.has_database().await? {
        return Ok(false);
    }
    administrator.run("DROP DATABASE ", "").await?;
    Ok(true)
}

/// A connection to the server, but not to the database.
struct Administrator {
    lease: Lease,
    dialect: Dialect,
    name: String,
}

impl Administrator {
    async fn connect(options: &DatabaseOptions) -> Outcome<Self> {
        let Location::Server(url) = &options.location else {
            let text = "only databases on servers are made this way";
            return Err(DatabaseError::new(DatabaseErrorKind::Other, text));
        };
        let other = match url.dialect() {
            Dialect::Mysql => "",
            _ => "postgres",
        };
        let mut elsewhere = options.clone().max_connections(1).read_only(false);
        elsewhere.location = Location::Server(url.with_database(other));
        Ok(Administrator {
            lease: Arc::new(Pool::new(elsewhere)).checkout().await?,
            dialect: url.dialect(),
            name: url.database().unwrap_or_default().to_owned(),
        })
    }

    async fn has_database(&mut self) -> Outcome<bool> {
        let sql = match self.dialect {
            Dialect::Mysql => {
                "SELECT schema_name FROM information_schema.schemata WHERE schema_name = ?"
            }
            _ => "SELECT datname FROM pg_database WHERE datname = ?",
        };
        let found = self.texts(sql, [Value::Text(self.name.clone())]).await?;
        Ok(!found.is_empty())
    }

    async fn texts(
        &mut self,
        sql: &str,
        binds: impl IntoIterator<Item = Value>,
    ) -> Outcome<Vec<String>> {
        let mut builder = StatementBuilder::new(self.dialect);
        builder.raw(sql, binds);
        let sink = Rows::new(|row| row.get::<String>(0));
        let fetched = self
            .lease
            .fetch(&builder.finish(), sink, Place::Alone)
            .await?;
        Ok(Rows::<String>::collected(fetched.sink))
    }

    async fn run(&mut self, before: &str, after: &str) -> Outcome<()> {
        let mut builder = StatementBuilder::new(self.dialect);
        builder.push(before);
        builder.name(&self.name);
        builder.push(after);
        let sql = builder.finish().sql();
        self.lease.batch(&sql).await
    }
}
