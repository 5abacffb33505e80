//! From diesel's and SQLite's errors to [`DatabaseError`].

use diesel::ConnectionError;
use diesel::result::{DatabaseErrorKind as DieselKind, Error as DieselError};

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

/// A connection that could not be made.
pub(super) fn of_opening(error: ConnectionError) -> DatabaseError {
    match error {
        ConnectionError::CouldntSetupConfiguration(error) => of(error),
        other => DatabaseError::new(DatabaseErrorKind::CannotOpen, other.to_string()),
    }
}

fn of_message(kind: DieselKind, message: &str) -> DatabaseError {
    let kind = match kind {
        DieselKind::UniqueViolation => DatabaseErrorKind::UniqueViolation,
        DieselKind::ForeignKeyViolation => DatabaseErrorKind::ForeignKeyViolation,
        DieselKind::NotNullViolation => DatabaseErrorKind::NotNullViolation,
        DieselKind::CheckViolation => DatabaseErrorKind::CheckViolation,
        _ => kind_of_text(message),
    };
    let (table, columns) = match kind {
        DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::NotNullViolation => {
            constraint(message)
        }
        _ => (None, Vec::new()),
    };
    DatabaseError::new(kind, worded(kind, message)).with_columns(table, columns)
}

/// diesel keeps no more of SQLite's result codes than those of constraints, so the text has to tell.
fn kind_of_text(message: &str) -> DatabaseErrorKind {
    const LOCKED: [&str; 3] = [
        "database is locked",
        "database table is locked",
        "database schema is locked",
    ];
    match message {
        _ if LOCKED.iter().any(|text| message.starts_with(text)) => DatabaseErrorKind::Busy,
        "attempt to write a readonly database" => DatabaseErrorKind::ReadOnly,
        "unable to open database file" | "file is not a database" => DatabaseErrorKind::CannotOpen,
        _ => DatabaseErrorKind::Other,
    }
}

/// SQLite's text, with the cure where there is a usual one.
fn worded(kind: DatabaseErrorKind, message: &str) -> String {
    match kind {
        DatabaseErrorKind::Busy => format!(
            "{message}: another process was writing to it all the time that a write may wait (`busy_timeout`)"
        ),
        DatabaseErrorKind::ReadOnly => format!(
            "{message}: it was opened for reading only, or this user may not write to the file and its folder"
        ),
        _ => match message.strip_prefix("no such table: ") {
            Some(table) => wording::missing_table(table),
            None => message.to_owned(),
        },
    }
}

/// The table and columns of `UNIQUE constraint failed: tasks.project_id, tasks.name`.
fn constraint(message: &str) -> (Option<String>, Vec<String>) {
    let Some((_, names)) = message.split_once(" constraint failed: ") else {
        return (None, Vec::new());
    };
    let mut table = None;
    let mut columns = Vec::new();
    for name in names.split(", ") {
        // An index on an expression is named instead of columns: `index 'index_tasks_on_lower_name'`.
        let Some((of, column)) = name
            .rsplit_once('.')
            .filter(|_| !name.starts_with("index '"))
        else {
            return (None, Vec::new());
        };
        table.get_or_insert_with(|| of.to_owned());
        columns.push(column.to_owned());
    }
    (table, columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_name_their_columns() {
        let error = of_message(
            DieselKind::UniqueViolation,
            "UNIQUE constraint failed: tasks.project_id, tasks.name",
        );
        assert_eq!(error.kind(), DatabaseErrorKind::UniqueViolation);
        assert_eq!(error.table(), Some("tasks"));
        assert_eq!(error.columns(), ["project_id", "name"]);

        let error = of_message(
            DieselKind::NotNullViolation,
            "NOT NULL constraint failed: tasks.name",
        );
        assert_eq!((error.table(), error.columns().len()), (Some("tasks"), 1));

        let of_index = "UNIQUE constraint failed: index 'index_tasks_on_lower.name'";
        let error = of_message(DieselKind::UniqueViolation, of_index);
        assert_eq!((error.table(), error.columns().len()), (None, 0));
    }

    #[test]
    fn what_diesel_does_not_tell_apart_is_told_by_its_text() {
        let kind = |text| of_message(DieselKind::Unknown, text).kind();
        assert_eq!(kind("database is locked"), DatabaseErrorKind::Busy);
        assert_eq!(
            kind("database table is locked: tasks"),
            DatabaseErrorKind::Busy
        );
        assert_eq!(
            kind("attempt to write a readonly database"),
            DatabaseErrorKind::ReadOnly
        );
        assert_eq!(
            kind("near \"FORM\": syntax error"),
            DatabaseErrorKind::Other
        );
    }

    #[test]
    fn a_missing_table_says_what_makes_it() {
        assert_eq!(
            of_message(DieselKind::Unknown, "no such table: tasks").message(),
            "there is no table `tasks`: if a migration makes it, run `velocious db:migrate`"
        );
    }
}
