//! Paths with parameters, like `/projects/{project_id}/tasks`.

use std::fmt;

use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Ident, LitStr};

use crate::fault::Faults;

/// A path, as segments between slashes. The root has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Segment>);

/// What stands between two slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    Fixed(String),
    Parameter(String),
}

impl Pattern {
    /// This path with a word behind it.
    pub(super) fn fixed(&self, word: impl Into<String>) -> Pattern {
        self.with(Segment::Fixed(word.into()))
    }

    /// This path with a parameter behind it.
    pub(super) fn parameter(&self, name: impl Into<String>) -> Pattern {
        self.with(Segment::Parameter(name.into()))
    }

    /// This path with another one behind it.
    pub(super) fn join(&self, other: &Pattern) -> Pattern {
        Pattern(self.0.iter().chain(&other.0).cloned().collect())
    }

    fn with(&self, segment: Segment) -> Pattern {
        self.join(&Pattern(vec![segment]))
    }

    pub(super) fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// The names of the parameters, in their order.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name.as_str()),
            Segment::Fixed(_) => None,
        })
    }

    /// What it has in common with every path that answers the same requests. A word is not a parameter:
    /// `/tasks/new` wins over `/tasks/{id}`.
    pub(super) fn shape(&self) -> String {
        let segments = self.0.iter().map(|segment| match segment {
            Segment::Fixed(word) => word.as_str(),
            Segment::Parameter(_) => "{}",
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// Its words as one name: `/about/team` is `about_team`.
    pub(super) fn words(&self) -> String {
        let words = self.0.iter().filter_map(|segment| match segment {
            Segment::Fixed(word) => Some(identifier(word)),
            Segment::Parameter(_) => None,
        });
        words.collect::<Vec<_>>().join("_")
    }

    /// Reads a path in quotes. The slash before it may be left out.
    pub(super) fn read(text: &LitStr, faults: &mut Faults) -> Option<Pattern> {
        let path = text.value();
        let path = path.strip_prefix('/').unwrap_or(&path);
        let mut segments = Vec::new();
        for word in path.split('/').filter(|_| !path.is_empty()) {
            segments.push(
                segment(word)
                    .map_err(|message| faults.at(text, message))
                    .ok()?,
            );
        }
        Some(Pattern(segments))
    }
}

/// One segment of a path in quotes; requests arrive decoded and without a query.
fn segment(word: &str) -> Result<Segment, String> {
    if word.is_empty() {
        return Err("a path has no empty segment; remove a `/`".to_owned());
    }
    let parameter = word
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    if let Some(name) = parameter {
        return match is_name(name) {
            true => Ok(Segment::Parameter(name.to_owned())),
            false => Err(format!(
                "`{{{name}}}` is no parameter; write a name in the braces, like `{{id}}`"
            )),
        };
    }
    if word.contains(['{', '}']) {
        return Err(format!(
            "a parameter is a whole segment; put a `/` beside the braces in `{word}`"
        ));
    }
    let strange = word
        .chars()
        .find(|letter| letter.is_whitespace() || "?#%\\".contains(*letter));
    match strange {
        Some(letter) => Err(format!("a path cannot contain `{letter}`")),
        None => Ok(Segment::Fixed(word.to_owned())),
    }
}

/// Whether an argument of a function can have this name, if need be with `r#` before it.
fn is_name(name: &str) -> bool {
    let unspeakable = ["_", "self", "Self", "super", "crate"];
    Ident::parse_any.parse_str(name).is_ok() && !unspeakable.contains(&name)
}

/// A word of a path as a name: `collection-get` is `collection_get`.
pub(super) fn identifier(word: &str) -> String {
    let letters = word.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
        _ => '_',
    });
    letters.collect()
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("/");
        }
        for segment in &self.0 {
            match segment {
                Segment::Fixed(word) => write!(f, "/{word}")?,
                Segment::Parameter(name) => write!(f, "/{{{name}}}")?,
            }
        }
        Ok(())
    }
}
