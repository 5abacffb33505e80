//! One connection of either kind.

use super::{Outcome, Place};
#[cfg(feature = "mysql")]
use crate::database::mysql::{MysqlCancel, MysqlConn};
use crate::database::options::Location;
#[cfg(feature = "postgres")]
use crate::database::postgres::{PostgresCancel, PostgresConn};
use crate::database::{
    DatabaseError, DatabaseErrorKind, DatabaseOptions, Dialect, RowSink, Statement,
};

/// An open connection.
pub(super) enum Wire {
    #[cfg(feature = "postgres")]
    Postgres(Box<PostgresConn>),
    #[cfg(feature = "mysql")]
    Mysql(Box<MysqlConn>),
}

impl Wire {
    pub(super) async fn open(options: &DatabaseOptions) -> Outcome<Self> {
        match (options.dialect(), &options.location) {
            #[cfg(feature = "postgres")]
            (Dialect::Postgres, Location::Server(_)) => {
                Ok(Wire::Postgres(Box::new(PostgresConn::open(options).await?)))
            }
            #[cfg(feature = "mysql")]
            (Dialect::Mysql, Location::Server(_)) => {
                Ok(Wire::Mysql(Box::new(MysqlConn::open(options).await?)))
            }
            // `DatabaseOptions` makes none for a driver that is not compiled in.
            (dialect, _) => Err(DatabaseError::new(
                DatabaseErrorKind::CannotOpen,
                format!("the driver for {} is not compiled in", dialect.name()),
            )),
        }
    }

    /// Runs a statement and hands its rows to `sink`; answers how many it has seen.
    pub(super) async fn fetch(
        &mut self,
        statement: &Statement,
        sink: &mut dyn RowSink,
        #[cfg_attr(
            not(feature = "postgres"),
            expect(unused_variables, reason = "MySQL does not ask")
        )]
        place: Place,
    ) -> Outcome<usize> {
        match self {
            #[cfg(feature = "postgres")]
            Wire::Postgres(connection) => connection.fetch(statement, sink, place).await,
            #[cfg(feature = "mysql")]
            Wire::Mysql(connection) => connection.fetch(statement, sink).await,
        }
    }

    /// Runs a statement for its effect; answers how many rows it changed.
    pub(super) async fn execute(
        &mut self,
        statement: &Statement,
        #[cfg_attr(
            not(feature = "postgres"),
            expect(unused_variables, reason = "MySQL does not ask")
        )]
        place: Place,
    ) -> Outcome<usize> {
        match self {
            #[cfg(feature = "postgres")]
            Wire::Postgres(connection) => connection.execute(statement, place).await,
            #[cfg(feature = "mysql")]
            Wire::Mysql(connection) => connection.execute(statement).await,
        }
    }

    /// Runs several statements without binds.
    pub(super) async fn batch(&mut self, sql: &str) -> Outcome<()> {
        match self {
            #[cfg(feature = "postgres")]
            Wire::Postgres(connection) => connection.batch(sql).await,
            #[cfg(feature = "mysql")]
            Wire::Mysql(connection) => connection.batch(sql).await,
        }
    }

    /// Begins, ends or leaves a transaction.
    pub(super) async fn control(&mut self, sql: &str) -> Outcome<()> {
        match self {
            #[cfg(feature = "postgres")]
            Wire::Postgres(connection) => connection.control(sql).await,
            #[cfg(feature = "mysql")]
            Wire::Mysql(connection) => connection.batch(sql).await,
        }
    }

    /// Runs a piece of work with diesel-async's own connection.
    #[cfg(feature = "postgres")]
    pub(super) async fn diesel_postgres<T>(
        &mut self,
        work: impl AsyncFnOnce(&mut diesel_async::AsyncPgConnection) -> diesel::QueryResult<T>,
    ) -> Outcome<T> {
        match self {
            Wire::Postgres(connection) => connection.diesel(work).await,
            #[cfg(feature = "mysql")]
            Wire::Mysql(_) => Err(another()),
        }
    }

    /// Runs a piece of work with diesel-async's own connection.
    #[cfg(feature = "mysql")]
    pub(super) async fn diesel_mysql<T>(
        &mut self,
        work: impl AsyncFnOnce(&mut diesel_async::AsyncMysqlConnection) -> diesel::QueryResult<T>,
    ) -> Outcome<T> {
        match self {
            #[cfg(feature = "postgres")]
            Wire::Postgres(_) => Err(another()),
            Wire::Mysql(connection) => connection.diesel(work).await,
        }
    }

    /// Whether it is known to be unusable, or had better be replaced, which costs nothing to ask.
    pub(super) fn is_spent(&self) -> bool {
        match self {
            #[cfg(feature = "postgres")]
            Wire::Postgres(connection) => connection.is_closed(),
            #[cfg(feature = "mysql")]
            Wire::Mysql(connection) => connection.is_worn(),
        }
    }

    /// Whether an INSERT can give back the row.
    pub(super) fn has_returning(&self) -> bool {
        match self {
            #[cfg(feature = "postgres")]
            Wire::Postgres(_) => true,
            #[cfg(feature = "mysql")]
            Wire::Mysql(connection) => connection.flavour().has_returning(),
        }
    }

    /// What can stop the statement that runs on it.
    pub(super) fn cancel(&self) -> Cancel {
        match self {
            #[cfg(feature = "postgres")]
            Wire::Postgres(connection) => Cancel::Postgres(connection.cancel()),
            #[cfg(feature = "mysql")]
            Wire::Mysql(connection) => Cancel::Mysql(connection.cancel()),
        }
    }
}

/// Never reached: whoever asks has looked at the dialect.
#[cfg(all(feature = "postgres", feature = "mysql"))]
fn another() -> DatabaseError {
    DatabaseError::new(
        DatabaseErrorKind::Other,
        "this is a connection of another kind",
    )
}

/// Stops a statement from outside of its connection.
pub(super) enum Cancel {
    #[cfg(feature = "postgres")]
    Postgres(PostgresCancel),
    #[cfg(feature = "mysql")]
    Mysql(MysqlCancel),
}

impl Cancel {
    pub(super) async fn run(self) {
        match self {
            #[cfg(feature = "postgres")]
            Cancel::Postgres(cancel) => cancel.run().await,
            #[cfg(feature = "mysql")]
            Cancel::Mysql(cancel) => cancel.run().await,
        }
    }
}
