//! From the errors of MySQL and MariaDB to [`DatabaseError`].
//!
//! diesel keeps the message only, without the number, so the text has to tell. A connection sets it to English.

use diesel::ConnectionError;
use diesel::result::{DatabaseErrorKind as DieselKind, Error as DieselError};

use crate::database::url::ServerUrl;
use crate::database::{DatabaseError, DatabaseErrorKind, Statement, wording};

/// A statement that failed.
pub(super) fn of_statement(error: DieselError, statement: &Statement) -> DatabaseError {
    of(error).with_sql(|| statement.sql())
}

/// A failure of something that is no single statement.
pub(super) fn of(error: DieselError) -> DatabaseError {
    match error {
        DieselError::DatabaseError(kind, about) => of_message(kind, about.message()),
        DieselError::DeserializationError(source) => DatabaseError::decode(source),
        other => DatabaseError::new(DatabaseErrorKind::Other, other.to_string()),
    }
}

fn of_message(kind: DieselKind, message: &str) -> DatabaseError {
    let kind = match kind {
        DieselKind::UniqueViolation => DatabaseErrorKind::UniqueViolation,
        DieselKind::ForeignKeyViolation => DatabaseErrorKind::ForeignKeyViolation,
        DieselKind::NotNullViolation => DatabaseErrorKind::NotNullViolation,
        DieselKind::CheckViolation => DatabaseErrorKind::CheckViolation,
        DieselKind::SerializationFailure => DatabaseErrorKind::SerializationFailure,
        DieselKind::ReadOnlyTransaction => DatabaseErrorKind::ReadOnly,
        _ => kind_of_text(message),
    };
    let columns = match kind {
        DatabaseErrorKind::NotNullViolation => quoted(message).map(|name| vec![name.to_owned()]),
        _ => None,
    };
    DatabaseError::new(kind, worded(kind, message)).with_columns(None, columns.unwrap_or_default())
}

fn kind_of_text(message: &str) -> DatabaseErrorKind {
    let starts = |texts: &[&str]| texts.iter().any(|text| message.starts_with(text));
    match () {
        () if starts(&["Deadlock found"]) => DatabaseErrorKind::Deadlock,
        () if starts(&[
            "Lock wait timeout exceeded",
            "Statement aborted because lock(s)",
        ]) =>
        {
            DatabaseErrorKind::Busy
        }
        () if starts(&["Record has changed since last read"]) => {
            DatabaseErrorKind::SerializationFailure
        }
        () if starts(&["Query execution was interrupted", "Query was interrupted"]) => {
            DatabaseErrorKind::Timeout
        }
        () if starts(&["Input/output error", "Driver error", "Other error"])
            || starts(&["Connection was killed", "Server shutdown in progress"]) =>
        {
            DatabaseErrorKind::ConnectionLost
        }
        () if starts(&["CONSTRAINT "]) && message.contains("` failed for ") => {
            DatabaseErrorKind::CheckViolation
        }
        () if message.contains("--read-only option") => DatabaseErrorKind::ReadOnly,
        () => DatabaseErrorKind::Other,
    }
}

/// The server's text, with the cure where there is a usual one, and without values of the application.
fn worded(kind: DatabaseErrorKind, message: &str) -> String {
    match kind {
        DatabaseErrorKind::UniqueViolation => match key_name(message) {
            Some(key) => format!("another row has the same values in the unique index `{key}`"),
            None => "another row has the same values in a unique index".to_owned(),
        },
        _ => wording::of_server(kind, message)
            .or_else(|| missing_table(message))
            .unwrap_or_else(|| without_values(message)),
    }
}

/// The index in `Duplicate entry '1-Write' for key 'tasks.index_tasks_on_name'`; MariaDB leaves the table out.
fn key_name(message: &str) -> Option<&str> {
    let (_, from) = message.rsplit_once(" for key '")?;
    let name = from.strip_suffix('\'')?;
    Some(name.rsplit_once('.').map_or(name, |(_, name)| name))
}

fn missing_table(message: &str) -> Option<String> {
    let table = message
        .strip_prefix("Table '")?
        .strip_suffix("' doesn't exist")?;
    let table = table.split_once('.').map_or(table, |(_, table)| table);
    Some(wording::missing_table(table))
}

/// `Incorrect integer value: 's3cret' for column …` holds what was given.
fn without_values(message: &str) -> String {
    match message.split_once(" value: '") {
        Some((before, _)) => format!("{before} value"),
        None => message.to_owned(),
    }
}

/// The first name in quotes.
fn quoted(message: &str) -> Option<&str> {
    let (_, from) = message.split_once('\'')?;
    from.split_once('\'').map(|(name, _)| name)
}

/// Says why a connection could not be made, and what to do about it.
pub(super) fn of_opening(error: &ConnectionError, url: &ServerUrl) -> DatabaseError {
    let text = error.to_string();
    let mut kind = DatabaseErrorKind::CannotOpen;
    let cause = match () {
        () if text.contains("Unknown database") => {
            kind = DatabaseErrorKind::NoDatabase;
            "the server has none of that name; run `velocious db:create`, or correct the name"
                .into()
        }
        () if text.contains("Access denied") => {
            "the server refuses this user; correct user and password in the URL, or grant it the database".into()
        }
        () if text.contains("Too many connections") => {
            "the server has as many connections as it may; lower `max_connections` here, or raise it there".into()
        }
        () if matches!(error, ConnectionError::InvalidConnectionUrl(_)) => text,
        () => format!("{text}; is the server running, and are host and port right?"),
    };
    DatabaseError::new(kind, format!("cannot open the database `{url}`: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duplicate_names_its_index_and_not_its_values() {
        for message in [
            "Duplicate entry '1-for key 'x'' for key 'index_tasks_on_name'",
            "Duplicate entry '1' for key 'tasks.index_tasks_on_name'",
        ] {
            assert_eq!(key_name(message), Some("index_tasks_on_name"), "{message}");
            assert_eq!(
                of_message(DieselKind::UniqueViolation, message).message(),
                "another row has the same values in the unique index `index_tasks_on_name`"
            );
        }
    }

    #[test]
    fn what_diesel_does_not_tell_apart_is_told_by_its_text() {
        let kind = kind_of_text;
        assert_eq!(
            kind("Deadlock found when trying to get lock; try restarting transaction"),
            DatabaseErrorKind::Deadlock
        );
        assert_eq!(
            kind("Lock wait timeout exceeded; try restarting transaction"),
            DatabaseErrorKind::Busy
        );
        assert_eq!(
            kind("CONSTRAINT `tasks.name` failed for `shop`.`tasks`"),
            DatabaseErrorKind::CheckViolation
        );
        assert_eq!(
            kind("Input/output error: connection closed"),
            DatabaseErrorKind::ConnectionLost
        );
        assert_eq!(
            kind("You have an error in your SQL syntax"),
            DatabaseErrorKind::Other
        );
    }

    #[test]
    fn columns_and_tables_are_named_and_values_are_not() {
        let error = of_message(DieselKind::NotNullViolation, "Column 'name' cannot be null");
        assert_eq!(error.columns(), ["name"]);
        assert_eq!(
            worded(DatabaseErrorKind::Other, "Table 'shop.tasks' doesn't exist"),
            "there is no table `tasks`: if a migration makes it, run `velocious db:migrate`"
        );
        assert_eq!(
            without_values("Incorrect integer value: 's3cret' for column `a` at row 1"),
            "Incorrect integer value"
        );
    }
}
