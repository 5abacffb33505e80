//! Which environment an application runs in.

use std::borrow::Cow;
use std::fmt;

use crate::{Error, Result};

/// The name of an environment: `development`, `test`, `production`, or one of the application's own.
///
/// An environment of its own, such as `staging`, is as strict as production.
///
/// ```
/// use velocious::config::Environment;
///
/// let staging = Environment::named("staging")?;
/// assert!(staging.is_production());
/// assert_eq!(Environment::DEVELOPMENT.to_string(), "development");
/// # Ok::<(), velocious::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment(Cow<'static, str>);

impl Environment {
    /// Where an application is written: errors are shown, the console is loud.
    pub const DEVELOPMENT: Environment = Environment(Cow::Borrowed("development"));
    /// Where tests run: the console is silent.
    pub const TEST: Environment = Environment(Cow::Borrowed("test"));
    /// Where an application is used: errors are hidden, secrets have to be set.
    pub const PRODUCTION: Environment = Environment(Cow::Borrowed("production"));

    /// The environment of this name, which becomes part of file names.
    ///
    /// # Errors
    /// When the name has other characters than letters, digits, `_` and `-`.
    pub fn named(name: &str) -> Result<Self> {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if name.is_empty() || !name.chars().all(fits) {
            return Err(Error::message(format!(
                "`{name}` cannot be an environment: use letters, digits, `_` and `-`, as in `VELOCIOUS_ENV=production`"
            )));
        }
        Ok(Environment(Cow::Owned(name.to_owned())))
    }

    /// The name, as in `development`.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Whether this is `development`.
    pub fn is_development(&self) -> bool {
        *self == Self::DEVELOPMENT
    }

    /// Whether this is `test`.
    pub fn is_test(&self) -> bool {
        *self == Self::TEST
    }

    /// Whether this is neither `development` nor `test`.
    pub fn is_production(&self) -> bool {
        !self.is_development() && !self.is_test()
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_the_folder_they_become_part_of() {
        assert!(Environment::named("../production").is_err());
        assert!(Environment::named("").is_err());
        assert_eq!(Environment::named("test").ok(), Some(Environment::TEST));
    }
}
