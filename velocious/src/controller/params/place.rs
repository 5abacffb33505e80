//! Where a parameter is.

use std::borrow::Cow;
use std::fmt::{self, Display};

/// Where a parameter is: a list from the inside out, which costs nothing until it is printed.
pub(super) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    pub(super) name: Cow<'a, str>,
}

impl<'a> Place<'a> {
    pub(super) fn root() -> Self {
        Place {
            parent: None,
            name: "".into(),
        }
    }

    pub(super) fn child(&'a self, name: impl Into<Cow<'a, str>>) -> Place<'a> {
        Place {
            parent: Some(self),
            name: name.into(),
        }
    }
}

impl Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
            if parent.parent.is_some() {
                f.write_str(".")?;
            }
        }
        f.write_str(&self.name)
    }
}
