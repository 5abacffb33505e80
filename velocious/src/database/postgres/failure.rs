//! From PostgreSQL's errors to [`DatabaseError`].
//!
//! diesel tells constraints apart and leaves everything else to the message. That is in the language of the server,
//! which a connection sets to English where it may.

use diesel::result::{
    DatabaseErrorInformation, DatabaseErrorKind as DieselKind, Error as DieselError,
};
use tokio_postgres::error::SqlState;

use crate::database::url::ServerUrl;
use crate::database::{DatabaseError, DatabaseErrorKind, Statement, wording};

/// A statement that failed.
pub(super) fn of_statement(error: DieselError, statement: &Statement) -> DatabaseError {
    of(error).with_sql(|| statement.sql())
}

/// A failure of something that is no single statement.
pub(super) fn of(error: DieselError) -> DatabaseError {
    match error {
        DieselError::DatabaseError(kind, about) => of_server(kind, &*about),
        DieselError::DeserializationError(source) => DatabaseError::decode(source),
        other => DatabaseError::new(DatabaseErrorKind::Other, other.to_string()),
    }
}

fn of_server(kind: DieselKind, about: &dyn DatabaseErrorInformation) -> DatabaseError {
    let kind = match kind {
        DieselKind::UniqueViolation => DatabaseErrorKind::UniqueViolation,
        DieselKind::ForeignKeyViolation | DieselKind::RestrictViolation => {
            DatabaseErrorKind::ForeignKeyViolation
        }
        DieselKind::NotNullViolation => DatabaseErrorKind::NotNullViolation,
        DieselKind::CheckViolation | DieselKind::ExclusionViolation => {
            DatabaseErrorKind::CheckViolation
        }
        DieselKind::SerializationFailure => DatabaseErrorKind::SerializationFailure,
        DieselKind::ReadOnlyTransaction => DatabaseErrorKind::ReadOnly,
        DieselKind::UnableToSendCommand | DieselKind::ClosedConnection => {
            DatabaseErrorKind::ConnectionLost
        }
        _ => kind_of_text(about.message()),
    };
    let columns = match kind {
        DatabaseErrorKind::UniqueViolation => about.details().and_then(key_columns),
        DatabaseErrorKind::NotNullViolation => about.column_name().map(|name| vec![name.into()]),
        _ => None,
    };
    let table = about.table_name().map(str::to_owned);
    DatabaseError::new(kind, worded(kind, about.message()))
        .with_columns(table, columns.unwrap_or_default())
}

fn kind_of_text(message: &str) -> DatabaseErrorKind {
    const LOST: [&str; 4] = [
        "terminating connection",
        "the database system is",
        "connection to client lost",
        "connection closed",
    ];
    match message {
        "deadlock detected" => DatabaseErrorKind::Deadlock,
        "canceling statement due to lock timeout" => DatabaseErrorKind::Busy,
        _ if message.starts_with("could not obtain lock") => DatabaseErrorKind::Busy,
        _ if message.starts_with("canceling statement due to") => DatabaseErrorKind::Timeout,
        _ if LOST.iter().any(|text| message.starts_with(text)) => DatabaseErrorKind::ConnectionLost,
        _ => DatabaseErrorKind::Other,
    }
}

/// PostgreSQL's text, with the cure where there is a usual one, and without values of the application.
fn worded(kind: DatabaseErrorKind, message: &str) -> String {
    wording::of_server(kind, message)
        .or_else(|| missing_table(message))
        .unwrap_or_else(|| without_values(message))
}

fn missing_table(message: &str) -> Option<String> {
    let table = message
        .strip_prefix("relation \"")?
        .strip_suffix("\" does not exist")?;
    Some(wording::missing_table(table))
}

/// `invalid input syntax for type integer: "s3cret"` ends with what was given.
fn without_values(message: &str) -> String {
    match message.split_once(": \"") {
        Some((before, _)) if before.starts_with("invalid ") => before.to_owned(),
        _ => message.to_owned(),
    }
}

/// The columns of `Key (project_id, name)=(1, Write) already exists.`, in whatever language; `None` for an index on
/// expressions.
fn key_columns(detail: &str) -> Option<Vec<String>> {
    let (_, from) = detail.split_once('(')?;
    let (columns, _) = from.split_once(")=(")?;
    let mut names = Vec::new();
    let mut rest = columns;
    loop {
        let (name, behind) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_name(quoted)?,
            None => {
                let end = rest.find(", ").unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        if name.contains(['(', ' ']) && !rest.starts_with('"') {
            return None;
        }
        names.push(name);
        match behind.strip_prefix(", ") {
            Some(next) => rest = next,
            None if behind.is_empty() => return Some(names),
            None => return None,
        }
    }
}

/// The name up to its closing quote, and what follows.
fn quoted_name(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let (part, behind) = rest.split_once('"')?;
        name.push_str(part);
        match behind.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return Some((name, behind)),
        }
    }
}

/// Says why a connection could not be made, and what to do about it.
pub(super) fn of_opening(error: &tokio_postgres::Error, url: &ServerUrl) -> DatabaseError {
    let mut kind = DatabaseErrorKind::CannotOpen;
    let cause = match error.code() {
        Some(code) if *code == SqlState::INVALID_CATALOG_NAME => {
            kind = DatabaseErrorKind::NoDatabase;
            "the server has none of that name; run `velocious db:create`, or correct the name"
                .into()
        }
        Some(code)
            if *code == SqlState::INVALID_PASSWORD
                || *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION =>
        {
            "the server refuses this user; correct user and password in the URL".into()
        }
        Some(code) if *code == SqlState::TOO_MANY_CONNECTIONS => {
            "the server has as many connections as it may; lower `max_connections` here, or raise it there".into()
        }
        _ => {
            use std::error::Error as _;
            let mut cause = error.to_string();
            if let Some(source) = error.source() {
                let text = source.to_string();
                if !cause.contains(&text) {
                    cause = format!("{cause}: {text}");
                }
            }
            format!("{cause}; is the server running, and are host and port right?")
        }
    };
    DatabaseError::new(kind, format!("cannot open the database `{url}`: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_a_key_are_read_in_any_language() {
        let columns = |detail| key_columns(detail);
        let expected = |names: &[&str]| Some(names.iter().map(ToString::to_string).collect());
        assert_eq!(
            columns("Key (project_id, name)=(1, a)=(b) already exists."),
            expected(&["project_id", "name"])
        );
        assert_eq!(
            columns("Schlüssel »(name)=(x)« existiert bereits."),
            expected(&["name"])
        );
        assert_eq!(
            columns("Key (\"we, \"\"ird\", b)=(1, 2) already exists."),
            expected(&["we, \"ird", "b"])
        );
        assert_eq!(columns("Key (lower(name::text))=(x) already exists."), None);
        assert_eq!(columns("nothing"), None);
    }

    #[test]
    fn what_diesel_does_not_tell_apart_is_told_by_its_text() {
        assert_eq!(
            kind_of_text("deadlock detected"),
            DatabaseErrorKind::Deadlock
        );
        let timeout = "canceling statement due to statement timeout";
        assert_eq!(kind_of_text(timeout), DatabaseErrorKind::Timeout);
        let lock = "could not obtain lock on row in relation \"t\"";
        assert_eq!(kind_of_text(lock), DatabaseErrorKind::Busy);
        let end = "terminating connection due to administrator command";
        assert_eq!(kind_of_text(end), DatabaseErrorKind::ConnectionLost);
        assert_eq!(kind_of_text("syntax error"), DatabaseErrorKind::Other);
    }

    #[test]
    fn values_are_not_shown() {
        assert_eq!(
            without_values("invalid input syntax for type integer: \"s3cret\""),
            "invalid input syntax for type integer"
        );
        assert_eq!(
            worded(
                DatabaseErrorKind::Other,
                "relation \"tasks\" does not exist"
            ),
            "there is no table `tasks`: if a migration makes it, run `velocious db:migrate`"
        );
    }
}
