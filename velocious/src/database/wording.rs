//! Sentences of several drivers' errors: the fault, then the cure.

#[cfg(any(feature = "postgres", feature = "mysql"))]
use super::DatabaseErrorKind;

/// A statement named a table that is not there.
pub(super) fn missing_table(table: &str) -> String {
    format!("there is no table `{table}`: if a migration makes it, run `velocious db:migrate`")
}

/// A server's `message` with its cure, where that is the same on every server.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(super) fn of_server(kind: DatabaseErrorKind, message: &str) -> Option<String> {
    Some(match kind {
        DatabaseErrorKind::Timeout => {
            format!("{message}: it ran longer than `statement_timeout`, or was cancelled")
        }
        DatabaseErrorKind::ReadOnly => {
            format!("{message}: the database, or the transaction, was opened for reading only")
        }
        DatabaseErrorKind::ConnectionLost => format!("the connection was lost: {message}"),
        _ => return None,
    })
}
