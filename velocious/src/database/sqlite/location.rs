//! Where an SQLite database is: the URL it is opened with, and why it cannot be.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;

use super::connection::Purpose;
#[cfg(target_family = "wasm")]
use crate::database::options::Location;
use crate::database::{DatabaseError, DatabaseErrorKind, DatabaseOptions};

/// The URL for SQLite, which is how to tell it not to make a file.
pub(super) fn url(options: &DatabaseOptions, purpose: Purpose) -> String {
    #[cfg(target_family = "wasm")]
    if let Location::Opfs(name) = &options.location {
        let mode = mode(options, purpose);
        let vfs = super::browser::opfs::VFS;
        return format!("file:{name}?vfs={vfs}&mode={mode}");
    }
    let Some(path) = options.path() else {
        return ":memory:".into();
    };
    let mode = mode(options, purpose);
    let slash = if cfg!(windows) && path.is_absolute() {
        "/"
    } else {
        ""
    };
    format!("file:{slash}{}?mode={mode}", escaped(path))
}

fn mode(options: &DatabaseOptions, purpose: Purpose) -> &'static str {
    match (options.read_only, options.create, purpose) {
        (true, ..) => "ro",
        // A reader needs to write beside the file (the shared memory of the log), but never makes the file.
        (false, false, _) | (_, _, Purpose::Read) => "rw",
        (false, true, Purpose::Write) => "rwc",
    }
}

/// Percent-encodes what has a meaning in a URL.
fn escaped(path: &Path) -> String {
    let mut text = String::new();
    for character in path.to_string_lossy().chars() {
        match character {
            '%' => text.push_str("%25"),
            '?' => text.push_str("%3f"),
            '#' => text.push_str("%23"),
            '\\' if cfg!(windows) => text.push('/'),
            other => text.push(other),
        }
    }
    text
}

/// Says why the database could not be opened, and what to do about it.
pub(super) fn explain(options: &DatabaseOptions, error: DatabaseError) -> DatabaseError {
    if error.is_busy() {
        return error;
    }
    #[cfg(target_family = "wasm")]
    if let Location::Opfs(name) = &options.location {
        let text = format!("cannot open the database `{name}`: {}", error.message());
        return DatabaseError::new(DatabaseErrorKind::CannotOpen, text);
    }
    let text = match options.path() {
        Some(path) => {
            let shown = path.display();
            format!(
                "cannot open the database `{shown}`: {}",
                cause(options, path, &error)
            )
        }
        None => format!("cannot open a database in memory: {}", error.message()),
    };
    DatabaseError::new(DatabaseErrorKind::CannotOpen, text)
}

fn cause(options: &DatabaseOptions, path: &Path, error: &DatabaseError) -> String {
    if cfg!(target_family = "wasm") {
        return "there are no such files in a browser; use a URL like `opfs:app.sqlite3`, or `sqlite::memory:`".into();
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if path.is_dir() {
        return "it is a folder; name a file in it".into();
    }
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        return format!(
            "the folder `{}` does not exist; make it, or correct the path",
            folder.display()
        );
    }
    let may_create = options.create && !options.read_only;
    match OpenOptions::new()
        .read(true)
        .write(!options.read_only)
        .open(path)
    {
        Err(error) if error.kind() == ErrorKind::NotFound && !may_create => {
            "there is no such file; run `velocious db:create`, or correct the path".into()
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            "the file cannot be made; let this user write to its folder".into()
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            "this user may not read and write it; change its permissions or its owner".into()
        }
        Err(error) => error.to_string(),
        Ok(_) if error.message() == "file is not a database" => {
            "the file is no SQLite database; name another one".into()
        }
        Ok(_) => error.message().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_a_path() {
        let options = DatabaseOptions::sqlite("db/100%?#.sqlite3");
        assert_eq!(
            url(&options, Purpose::Write),
            "file:db/100%25%3f%23.sqlite3?mode=rwc"
        );
        assert_eq!(
            url(&options.clone().create(false), Purpose::Write),
            "file:db/100%25%3f%23.sqlite3?mode=rw"
        );
        assert_eq!(
            url(&options.read_only(true), Purpose::Write),
            "file:db/100%25%3f%23.sqlite3?mode=ro"
        );
    }
}
