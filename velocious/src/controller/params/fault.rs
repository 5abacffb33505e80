//! What is wrong with one parameter, in words.

use std::fmt::{self, Display};

use serde::de::{Error as DeError, Expected, Unexpected};
use velocious_naming::nearest;

use super::tree::Node;
use crate::Error;
use crate::error::Invalid;
use crate::logging::is_secret_name;
use crate::model::Errors;

/// Why a parameter does not fit its type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    /// Where it is, as in `post.title`; `None` until somebody who knows has said it.
    pub(crate) path: Option<String>,
    pub(crate) kind: FaultKind,
    /// What follows the name.
    pub(crate) message: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FaultKind {
    /// A field of the type at the path is not there.
    Missing(&'static str),
    /// The value does not fit.
    Wrong,
    /// An empty text that an `Option` of this kind cannot hold: to be read again as `null`.
    EmptyOption(String),
    /// A `null` that an `Option` of this kind cannot hold: to be read again as `None`.
    NullOption(String),
}

impl Fault {
    pub(crate) fn wrong(message: impl Into<String>) -> Self {
        Fault {
            path: None,
            kind: FaultKind::Wrong,
            message: message.into(),
        }
    }

    /// The same at `path`, unless it has a place already.
    pub(crate) fn at(mut self, path: &dyn Display) -> Self {
        if self.path.is_none() {
            let path = path.to_string();
            self.path = Some(match self.kind {
                FaultKind::Missing(field) if path.is_empty() => field.to_owned(),
                FaultKind::Missing(field) => format!("{path}.{field}"),
                _ => path,
            });
        }
        self
    }
}

impl DeError for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Fault::wrong(message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Fault::wrong(format!("has to be {}", wording(&expected.to_string())))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Fault::wrong(format!("has to be {}", wording(&expected.to_string())))
    }

    fn invalid_length(len: usize, expected: &dyn Expected) -> Self {
        Fault::wrong(format!("has to be {expected}, not {len} values"))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Fault::wrong(match nearest(variant, expected) {
            Some(meant) => format!("cannot be `{variant}`: did you mean `{meant}`?"),
            None => format!("has to be one of {}", list(expected)),
        })
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Fault::wrong(match nearest(field, expected) {
            Some(meant) => format!("is not known: did you mean `{meant}`?"),
            None => "is not known".into(),
        })
    }

    fn missing_field(field: &'static str) -> Self {
        Fault {
            path: None,
            kind: FaultKind::Missing(field),
            message: "is missing".into(),
        }
    }

    fn duplicate_field(_: &'static str) -> Self {
        Fault::wrong("is given twice")
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

/// All faults of the parameters of type `name` as one error, which has status 422.
pub(crate) fn invalid(name: &'static str, faults: Vec<Fault>) -> Error {
    let mut errors = Errors::default();
    for fault in faults {
        let path = fault.path.filter(|path| !path.is_empty());
        let kind = match fault.kind {
            FaultKind::Missing(_) => "missing",
            _ => "type",
        };
        errors.add(
            path.unwrap_or_else(|| Errors::BASE.into()),
            kind,
            fault.message,
        );
    }
    Invalid::new(name, errors).into()
}

/// What a person calls the things that serde and others call by their Rust names.
pub(crate) fn wording(expected: &str) -> &str {
    match expected {
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "a whole number",
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => "a whole number from 0 on",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "a string" | "a borrowed string" => "text",
        "a sequence" => "a list",
        "a map" => "an object",
        "an RFC 3339 formatted date and time string" => "a time like 2026-02-28T10:00:00Z",
        "a formatted date and time string" => "a time like 2026-02-28T10:00:00",
        "a formatted date string" => "a date like 2026-02-28",
        "a formatted time string" => "a time of day like 10:00:00",
        other if other.starts_with("struct ") => "an object",
        other if other.starts_with("tuple ") => "a list",
        other => other,
    }
}

/// `has to be <wanted>, not <what it is>`; what it is stays unsaid for names like `password`.
pub(crate) fn unfit(wanted: &str, node: &Node, name: &str) -> Fault {
    let found = match node {
        _ if is_secret_name(name) => return Fault::wrong(format!("has to be {wanted}")),
        Node::Null => "null".into(),
        Node::Bool(value) => value.to_string(),
        Node::Integer(number) => number.to_string(),
        Node::Unsigned(number) => number.to_string(),
        Node::Float(number) => number.to_string(),
        Node::Text(text) | Node::Form(text) => quoted(text),
        Node::Repeated(_) | Node::List(_) => "a list".into(),
        Node::File(_) => "a file".into(),
        Node::Map(_) => "an object".into(),
    };
    Fault::wrong(format!("has to be {wanted}, not {found}"))
}

fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        _ if text.is_empty() => "empty".into(),
        Some((end, _)) => format!("\"{}…\"", &text[..end]),
        None => format!("\"{text}\""),
    }
}

fn list(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
