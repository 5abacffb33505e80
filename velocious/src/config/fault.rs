//! Mistakes in the configuration.

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Where a value was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A line of a file, counted from one.
    File(Arc<PathBuf>, usize),
    /// An environment variable.
    Variable(Cow<'static, str>),
    /// An argument of the command line.
    Argument(&'static str),
    /// Nowhere.
    Default,
}

/// One mistake: where, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) origin: Origin,
    /// The key's name; empty when the mistake belongs to no key.
    pub(crate) key: String,
    /// What follows the name: the fault, then the cure.
    pub(crate) reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Origin::File(path, line) => write!(f, "{}:{line}: ", path.display())?,
            Origin::Variable(name) => write!(f, "environment variable `{name}`: ")?,
            Origin::Argument(name) => write!(f, "argument `{name}`: ")?,
            Origin::Default => {}
        }
        match self.key.as_str() {
            "" => f.write_str(&self.reason),
            key => write!(f, "`{key}` {}", self.reason),
        }
    }
}

/// Everything that is wrong with the configuration, one mistake a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    faults: Vec<Fault>,
}

impl ConfigError {
    /// An error for these mistakes; `None` when there are none.
    pub(crate) fn of(faults: Vec<Fault>) -> Option<Self> {
        (!faults.is_empty()).then_some(ConfigError { faults })
    }

    /// Whether one of the mistakes is in the value of this key.
    pub(crate) fn is_about(&self, key: &str) -> bool {
        self.faults.iter().any(|fault| fault.key == key)
    }

    /// Each mistake as a sentence.
    pub fn faults(&self) -> Vec<String> {
        self.faults.iter().map(ToString::to_string).collect()
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration cannot be used")?;
        self.faults
            .iter()
            .try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for ConfigError {}
