//! The password of a record while it is saved: its rules, and its digest.

use super::{LONGEST, Password, PasswordColumn, PasswordDigest, hash};
use crate::model::errors::attribute_name;
use crate::model::{AnyRecord, Errors};
use crate::value::Value;
use crate::{BoxFuture, Result};

/// Where a record keeps its password; the derive says so.
#[derive(Clone, Copy, Debug)]
pub struct PasswordField {
    /// The position of the column.
    pub(super) column: usize,
    minimum: usize,
    is_required: bool,
}

impl PasswordField {
    /// The column at a position, of type `T`, for passwords of at least so many characters.
    pub const fn of<T: PasswordColumn>(column: usize, minimum: usize) -> Self {
        PasswordField {
            column,
            minimum,
            is_required: T::REQUIRED,
        }
    }
}

/// Adds what is wrong with the password of a record.
pub(crate) fn check(record: &dyn AnyRecord, errors: &mut Errors) {
    let Some(field) = record.password_field() else {
        return;
    };
    let Some(given) = given(record) else {
        let is_empty = record.known_password().is_none_or(PasswordDigest::is_empty);
        if field.is_required && is_empty {
            errors.add("password", "presence", "can't be blank");
        }
        return;
    };
    if let Some((kind, text, count)) = length(given, field.minimum) {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        errors.add_with(
            "password",
            kind,
            text,
            vec![("count", Value::BigInt(count))],
        );
    }
    let confirmation = record
        .known_password()
        .and_then(|it| it.confirmation.as_ref());
    if confirmation.is_some_and(|confirmation| confirmation != given) {
        let name = attribute_name(record.definition().model, "password");
        errors.add_with(
            "password_confirmation",
            "confirmation",
            "doesn't match %{attribute}",
            vec![("attribute", Value::Text(name))],
        );
    }
}

fn given(record: &dyn AnyRecord) -> Option<&Password> {
    record.known_password()?.given.as_ref()
}

fn length(password: &Password, minimum: usize) -> Option<(&'static str, &'static str, usize)> {
    let characters = password.expose().chars().count();
    if characters < minimum {
        let text = match minimum {
            1 => "is too short (minimum is %{count} character)",
            _ => "is too short (minimum is %{count} characters)",
        };
        return Some(("too_short", text, minimum));
    }
    let text = "is too long (maximum is %{count} bytes)";
    (password.expose().len() > LONGEST).then_some(("too_long", text, LONGEST))
}

/// Whether a password was set that nothing is wrong with: its digest may as well be made before anything else is done.
pub(crate) fn is_acceptable(record: &dyn AnyRecord) -> bool {
    let mut errors = Errors::default();
    check(record, &mut errors);
    errors.is_empty() && given(record).is_some()
}

/// Makes the digest of the password that was set, if one was.
pub(crate) fn hash_given<'a>(record: &'a mut dyn AnyRecord) -> Option<BoxFuture<'a, Result<()>>> {
    let given = given(record)?.clone();
    Some(Box::pin(async move {
        let digest = hash(given).await?;
        if let Some(password) = record.known_password_mut() {
            *password = digest;
        }
        Ok(())
    }))
}
