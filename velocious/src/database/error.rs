//! What a database refused or failed at: [`DatabaseError`] and its [`DatabaseErrorKind`].
//!
//! A violated constraint names the table and the columns, so that a model can say which field is wrong. The text
//! of the statement is part of the error; the values that were bound to it never are.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::BoxError;

/// The most characters of a statement that an error shows.
const SHOWN_SQL: usize = 1000;

/// Why a database did not do what it was asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DatabaseErrorKind {
    /// Another row has these values already.
    UniqueViolation,
    /// A row refers to one that does not exist, or is still referred to.
    ForeignKeyViolation,
    /// A column that must have a value has none.
    NotNullViolation,
    /// A `CHECK` is not fulfilled.
    CheckViolation,
    /// It was not our turn within the time that may be waited: another process or transaction had a lock.
    Busy,
    /// No connection to the server became free within the time that may be waited.
    PoolExhausted,
    /// Two transactions waited for each other, and the database ended this one.
    Deadlock,
    /// What a transaction has read was changed by another one meanwhile.
    SerializationFailure,
    /// A statement ran longer than it may.
    Timeout,
    /// The database, or the connection to it, is gone or closed.
    ConnectionLost,
    /// The database could not be opened.
    CannotOpen,
    /// The server has no database of that name.
    NoDatabase,
    /// The database cannot be written to.
    ReadOnly,
    /// A row holds something else than what the program expects.
    Decode,
    /// Everything else: SQL that is wrong, a full disk, …
    Other,
}

/// What a database refused or failed at.
///
/// ```
/// use velocious::database::{DatabaseErrorKind, Db, DatabaseError, DatabaseOptions};
/// use velocious::value::Value;
///
/// # async fn example() -> velocious::Result<()> {
/// let db = Db::open(DatabaseOptions::sqlite(":memory:")).await?;
/// db.batch("CREATE TABLE tags (name TEXT UNIQUE); INSERT INTO tags VALUES ('rust')").await?;
/// let error = db.execute_sql("INSERT INTO tags VALUES (?)", [Value::Text("rust".into())]).await.unwrap_err();
/// let error = error.downcast_ref::<DatabaseError>().unwrap();
/// assert_eq!(error.kind(), DatabaseErrorKind::UniqueViolation);
/// assert_eq!((error.table(), error.columns()), (Some("tags"), &["name".to_owned()][..]));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct DatabaseError(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    kind: DatabaseErrorKind,
    message: String,
    table: Option<String>,
    columns: Vec<String>,
    sql: Option<String>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl DatabaseError {
    /// An error with a text of our own.
    pub(crate) fn new(kind: DatabaseErrorKind, message: impl Into<String>) -> Self {
        DatabaseError(Arc::new(Inner {
            kind,
            message: message.into(),
            table: None,
            columns: Vec::new(),
            sql: None,
            source: None,
        }))
    }

    /// A row that could not be decoded.
    pub(crate) fn decode(source: BoxError) -> Self {
        let mut error = Self::new(DatabaseErrorKind::Decode, source.to_string());
        error.change(|inner| inner.source = source.source().is_some().then(|| source.into()));
        error
    }

    /// The same error, with the statement that caused it.
    pub(crate) fn with_sql(mut self, sql: impl FnOnce() -> String) -> Self {
        self.change(|inner| inner.sql = Some(inner.sql.take().unwrap_or_else(sql)));
        self
    }

    /// The same error, with the table and columns it is about.
    pub(crate) fn with_columns(mut self, table: Option<String>, columns: Vec<String>) -> Self {
        self.change(|inner| {
            inner.table = table;
            inner.columns = columns;
        });
        self
    }

    fn change(&mut self, change: impl FnOnce(&mut Inner)) {
        change(Arc::make_mut(&mut self.0));
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> DatabaseErrorKind {
        self.0.kind
    }

    /// The text, without the statement.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The table whose constraint is violated, where the database says which.
    pub fn table(&self) -> Option<&str> {
        self.0.table.as_deref()
    }

    /// The columns of a violated `UNIQUE` or `NOT NULL`, in the constraint's order; else empty.
    pub fn columns(&self) -> &[String] {
        &self.0.columns
    }

    /// The columns of the unique index that refused a row; `None` for every other error.
    pub fn unique_columns(&self) -> Option<&[String]> {
        (self.kind() == DatabaseErrorKind::UniqueViolation).then(|| self.columns())
    }

    /// The statement that failed, with `?` for each value.
    pub fn sql(&self) -> Option<&str> {
        self.0.sql.as_deref()
    }

    /// The HTTP status it becomes: 503 when trying again later may help, 409 when records refer to each other, else 500.
    pub fn status(&self) -> u16 {
        use DatabaseErrorKind::{
            Busy, CannotOpen, ConnectionLost, Deadlock, ForeignKeyViolation, NoDatabase,
            PoolExhausted, SerializationFailure, Timeout,
        };
        match self.kind() {
            Busy | ConnectionLost | CannotOpen | Deadlock | NoDatabase | PoolExhausted
            | SerializationFailure | Timeout => 503,
            ForeignKeyViolation => 409,
            _ => 500,
        }
    }

    /// Whether the whole transaction may succeed when it is run again from its beginning, because all it met was
    /// another one in its way.
    pub fn is_retryable(&self) -> bool {
        use DatabaseErrorKind::{Busy, Deadlock, SerializationFailure};
        matches!(self.kind(), Busy | Deadlock | SerializationFailure)
    }

    #[cfg(feature = "sqlite")]
    pub(crate) fn is_busy(&self) -> bool {
        self.kind() == DatabaseErrorKind::Busy
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())?;
        let Some(sql) = self.sql() else {
            return Ok(());
        };
        match sql.char_indices().nth(SHOWN_SQL) {
            Some((end, _)) => write!(f, ", while running `{}…`", &sql[..end]),
            None => write!(f, ", while running `{sql}`"),
        }
    }
}

impl fmt::Debug for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatabaseError")
            .field("kind", &self.kind())
            .field("message", &self.message())
            .field("table", &self.table())
            .field("columns", &self.columns())
            .field("sql", &self.sql())
            .finish_non_exhaustive()
    }
}

impl StdError for DatabaseError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_ref()?;
        source.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_pass_is_503() {
        let status = |kind| DatabaseError::new(kind, "").status();
        assert_eq!(status(DatabaseErrorKind::Busy), 503);
        assert_eq!(status(DatabaseErrorKind::CannotOpen), 503);
        assert_eq!(status(DatabaseErrorKind::ConnectionLost), 503);
        assert_eq!(status(DatabaseErrorKind::PoolExhausted), 503);
        assert_eq!(status(DatabaseErrorKind::Deadlock), 503);
        assert_eq!(status(DatabaseErrorKind::UniqueViolation), 500);
    }

    #[test]
    fn the_statement_is_shown_and_cut() {
        let error = DatabaseError::new(DatabaseErrorKind::Other, "near \"FORM\": syntax error");
        let shown = error.clone().with_sql(|| "SELECT * FORM tasks".into());
        assert_eq!(
            shown.to_string(),
            "near \"FORM\": syntax error, while running `SELECT * FORM tasks`"
        );
        let long = error.with_sql(|| "ü".repeat(2000)).to_string();
        assert!(long.ends_with("üü…`") && long.chars().count() < 1100);
    }

    #[test]
    fn the_first_statement_named_stays() {
        let error = DatabaseError::new(DatabaseErrorKind::Other, "no")
            .with_sql(|| "first".into())
            .with_sql(|| "second".into());
        assert_eq!(error.sql(), Some("first"));
    }
}
