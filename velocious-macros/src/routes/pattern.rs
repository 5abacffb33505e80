//! Paths with parameters, like `/projects/{project_id}/tasks`.

use std::fmt;

use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Ident, LitStr, Type};

use crate::fault::{Faults, source};

/// A path, as segments between slashes. The root has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Segment>);

/// What stands between two slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    Fixed(String),
    /// `{id}`, `{id: i64}`.
    Parameter(String, Option<SegmentType>),
    /// `{*rest}`: this segment and all behind it.
    Rest(String),
}

/// The type that the text of a segment has to have.
#[derive(Clone)]
pub(super) struct SegmentType(pub(super) Box<Type>);

impl Pattern {
    /// This path with a word behind it.
    pub(super) fn fixed(&self, word: impl Into<String>) -> Pattern {
        self.with(Segment::Fixed(word.into()))
    }

    /// This path with a parameter behind it.
    pub(super) fn parameter(
        &self,
        name: impl Into<String>,
        of_type: Option<SegmentType>,
    ) -> Pattern {
        self.with(Segment::Parameter(name.into(), of_type))
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
            Segment::Parameter(name, _) | Segment::Rest(name) => Some(name.as_str()),
            Segment::Fixed(_) => None,
        })
    }

    /// What it has in common with every path that answers the same requests. A word is not a parameter:
    /// `/tasks/new` wins over `/tasks/{id}`.
    pub(super) fn shape(&self) -> String {
        let segments = self.0.iter().map(|segment| match segment {
            Segment::Fixed(word) => word.as_str(),
            Segment::Parameter(..) => "{}",
            Segment::Rest(_) => "{*}",
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// As the table has it: without types.
    pub(super) fn path(&self) -> String {
        let untyped = self.0.iter().map(|segment| match segment {
            Segment::Parameter(name, _) => Segment::Parameter(name.clone(), None),
            other => other.clone(),
        });
        Pattern(untyped.collect()).to_string()
    }

    /// Whether it is `prefix`, or below it.
    pub(super) fn is_below(&self, prefix: &Pattern) -> bool {
        self.0.starts_with(&prefix.0)
    }

    /// Its words as one name: `/about/team` is `about_team`.
    pub(super) fn words(&self) -> String {
        let words = self.0.iter().filter_map(|segment| match segment {
            Segment::Fixed(word) => Some(identifier(word)),
            Segment::Parameter(..) | Segment::Rest(_) => None,
        });
        words.collect::<Vec<_>>().join("_")
    }

    /// Reads a path in quotes. The slash before it may be left out.
    pub(super) fn read(text: &LitStr, faults: &mut Faults) -> Option<Pattern> {
        let path = text.value();
        let path = path.strip_prefix('/').unwrap_or(&path);
        let words: Vec<_> = path.split('/').filter(|_| !path.is_empty()).collect();
        let mut segments = Vec::new();
        for (index, word) in words.iter().enumerate() {
            let read = segment(word, text).and_then(|segment| match segment {
                Segment::Rest(name) if index + 1 < words.len() => Err(format!(
                    "`{{*{name}}}` takes the rest of a path; nothing can stand behind it"
                )),
                segment => Ok(segment),
            });
            segments.push(read.map_err(|message| faults.at(text, message)).ok()?);
        }
        Some(Pattern(segments))
    }
}

/// One segment of a path in quotes; requests arrive decoded and without a query.
fn segment(word: &str, text: &LitStr) -> Result<Segment, String> {
    if word.is_empty() {
        return Err("a path has no empty segment; remove a `/`".to_owned());
    }
    let parameter = word
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    if let Some(inside) = parameter {
        return parameter_segment(inside, text);
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

/// What stands in braces: `id`, `id: i64` or `*rest`.
fn parameter_segment(inside: &str, text: &LitStr) -> Result<Segment, String> {
    let (name, of_type) = match inside.split_once(':') {
        Some((name, of_type)) => (name.trim(), Some(of_type.trim())),
        None => (inside, None),
    };
    if let Some(name) = name.strip_prefix('*') {
        return match (is_name(name), of_type) {
            (true, None) => Ok(Segment::Rest(name.to_owned())),
            (true, Some(_)) => Err(format!(
                "the rest of a path is text; write `{{*{name}}}` without a type"
            )),
            (false, _) => Err(format!(
                "`{{{inside}}}` is no parameter; write a name behind the star, like `{{*rest}}`"
            )),
        };
    }
    if !is_name(name) {
        return Err(format!(
            "`{{{inside}}}` is no parameter; write a name in the braces, like `{{id}}`"
        ));
    }
    let of_type = of_type.map(|of_type| {
        LitStr::new(of_type, text.span())
            .parse()
            .map(|of_type| SegmentType(Box::new(of_type)))
            .map_err(|_| {
                format!(
                    "`{of_type}` is no type; write one behind the colon, like `{{{name}: i64}}`"
                )
            })
    });
    Ok(Segment::Parameter(name.to_owned(), of_type.transpose()?))
}

/// Whether an argument of a function can have this name, if need be with `r#` before it.
pub(super) fn is_name(name: &str) -> bool {
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
                Segment::Parameter(name, None) => write!(f, "/{{{name}}}")?,
                Segment::Parameter(name, Some(of_type)) => write!(f, "/{{{name}: {of_type}}}")?,
                Segment::Rest(name) => write!(f, "/{{*{name}}}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for SegmentType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&source(&self.0))
    }
}

impl fmt::Debug for SegmentType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// As written: which types are the same is for rustc to say, and here it is about two functions of one name.
impl PartialEq for SegmentType {
    fn eq(&self, other: &Self) -> bool {
        source(&self.0) == source(&other.0)
    }
}

impl Eq for SegmentType {}
