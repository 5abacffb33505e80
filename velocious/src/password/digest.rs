//! [`PasswordDigest`], and the fields that can keep one.

use std::fmt;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Password;
use crate::BoxError;
use crate::database::Cell;
use crate::value::{ColumnType, Value, ValueKind};

/// The column of a password, under `#[model(password)]`: its digest, and until the record is saved the password that was
/// set. It is neither printed nor serialized.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PasswordDigest {
    digest: String,
    pub(super) given: Option<Password>,
    pub(super) confirmation: Option<Password>,
}

/// What stands for a password of which there is no digest yet, where a value is asked for: no password has this digest.
const NOT_YET: &str = "!";

impl PasswordDigest {
    /// A digest that is there already: of argon2, or of bcrypt from elsewhere.
    pub fn new(digest: impl Into<String>) -> Self {
        PasswordDigest {
            digest: digest.into(),
            ..PasswordDigest::default()
        }
    }

    /// The digest itself; empty where there is none.
    pub fn expose(&self) -> &str {
        &self.digest
    }

    /// Whether a password was set of which there is no digest yet.
    pub(crate) fn is_given(&self) -> bool {
        self.given.is_some()
    }

    /// Whether there is neither a digest nor a password.
    pub fn is_empty(&self) -> bool {
        self.digest.is_empty() && self.given.is_none()
    }
}

/// What becomes the digest of this password when the record is saved: for `create!` and struct literals.
impl From<Password> for PasswordDigest {
    fn from(password: Password) -> Self {
        PasswordDigest {
            given: Some(password),
            ..PasswordDigest::default()
        }
    }
}

impl ColumnType for PasswordDigest {
    type Base = PasswordDigest;
    type Nullable = Option<PasswordDigest>;
    const KIND: ValueKind = ValueKind::Text;

    fn to_value(&self) -> Value {
        match (&self.given, self.digest.is_empty()) {
            (Some(_), _) => Value::Text(NOT_YET.to_owned()),
            (None, true) => Value::Null(ValueKind::Text),
            (None, false) => Value::Text(self.digest.clone()),
        }
    }

    fn from_value(value: Value) -> Result<Self, BoxError> {
        match value {
            Value::Null(_) => Ok(PasswordDigest::default()),
            value => String::from_value(value).map(PasswordDigest::new),
        }
    }

    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        String::from_cell(cell).map(PasswordDigest::new)
    }
}

impl fmt::Debug for PasswordDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[FILTERED]")
    }
}

/// Nothing: `null`.
impl Serialize for PasswordDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

/// Whatever is there is ignored: nobody outside knows a digest.
impl<'de> Deserialize<'de> for PasswordDigest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| PasswordDigest::default())
    }
}

/// A field that can keep a password: a [`PasswordDigest`], or an `Option` of one where there may be no password.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` does not keep a password to itself",
    label = "not a `PasswordDigest`",
    note = "make the field a `velocious::PasswordDigest`, or an `Option` of it where there may be no password"
)]
pub trait PasswordColumn: ColumnType {
    /// Whether every record has a password.
    const REQUIRED: bool;

    /// What is known of the password.
    fn digest(&self) -> Option<&PasswordDigest>;

    /// The same, to change.
    fn digest_mut(&mut self) -> &mut PasswordDigest;
}

impl PasswordColumn for PasswordDigest {
    const REQUIRED: bool = true;

    fn digest(&self) -> Option<&PasswordDigest> {
        Some(self)
    }

    fn digest_mut(&mut self) -> &mut PasswordDigest {
        self
    }
}

impl PasswordColumn for Option<PasswordDigest> {
    const REQUIRED: bool = false;

    fn digest(&self) -> Option<&PasswordDigest> {
        self.as_ref()
    }

    fn digest_mut(&mut self) -> &mut PasswordDigest {
        self.get_or_insert_default()
    }
}
