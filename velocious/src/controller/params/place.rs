//! Where a parameter is.

use std::borrow::Cow;
use std::fmt::{self, Display};

/// Where a parameter is: a list from the inside out, which costs nothing until it is printed.
pub(super) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    pub(super) name: Cow<'a, str>,
    /// Whether the name is one of many for the same kind of thing: the index of a list, the key of a map.
    is_one_of_many: bool,
}

impl<'a> Place<'a> {
    pub(super) fn root() -> Self {
        Place {
            parent: None,
            name: "".into(),
            is_one_of_many: false,
        }
    }

    /// The field `name` of a struct.
    pub(super) fn field(&'a self, name: impl Into<Cow<'a, str>>) -> Place<'a> {
        Place {
            parent: Some(self),
            name: name.into(),
            is_one_of_many: false,
        }
    }

    /// An element of a list, or a value of a map.
    pub(super) fn element(&'a self, name: impl Into<Cow<'a, str>>) -> Place<'a> {
        Place {
            is_one_of_many: true,
            ..self.field(name)
        }
    }

    /// What all places have in common whose values are of one type: `lines.*.count` for `lines.3.count`.
    pub(super) fn kind(&self) -> String {
        let name = match self.is_one_of_many {
            true => "*",
            false => &self.name,
        };
        match self.parent {
            Some(parent) => format!("{}.{name}", parent.kind()),
            None => name.to_owned(),
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
