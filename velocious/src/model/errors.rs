//! The messages of a record that did not pass its validations.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// Messages by attribute, in the order in which they were found.
///
/// ```
/// use velocious::model::Errors;
///
/// let mut errors = Errors::default();
/// errors.add("sub_title", "blank", "can't be blank");
/// assert_eq!(errors.on("sub_title").collect::<Vec<_>>(), ["can't be blank"]);
/// assert_eq!(errors.full_messages(), ["Sub title can't be blank"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    list: Vec<Message>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Message {
    attribute: String,
    kind: &'static str,
    text: String,
}

impl Errors {
    /// What an attribute of this name holds that belongs to the record as a whole.
    pub const BASE: &'static str = "base";

    /// Adds a message: which attribute, what kind of rule (`presence`, …), and the text without the attribute.
    pub fn add(
        &mut self,
        attribute: impl Into<String>,
        kind: &'static str,
        text: impl Into<String>,
    ) {
        self.list.push(Message {
            attribute: attribute.into(),
            kind,
            text: text.into(),
        });
    }

    /// Whether there is no message.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many messages there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The messages of one attribute, without its name.
    pub fn on<'a>(&'a self, attribute: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.list
            .iter()
            .filter(move |message| message.attribute == attribute)
            .map(|message| message.text.as_str())
    }

    /// Whether a rule of this kind failed on an attribute.
    pub fn has(&self, attribute: &str, kind: &str) -> bool {
        self.list
            .iter()
            .any(|message| message.attribute == attribute && message.kind == kind)
    }

    /// Attribute, kind and text of each message.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'static str, &str)> {
        self.list.iter().map(|message| {
            (
                message.attribute.as_str(),
                message.kind,
                message.text.as_str(),
            )
        })
    }

    /// Each message as a sentence, with the attribute's name before it.
    pub fn full_messages(&self) -> Vec<String> {
        self.list.iter().map(Message::full).collect()
    }

    /// Forgets every message.
    pub fn clear(&mut self) {
        self.list.clear();
    }
}

impl Message {
    fn full(&self) -> String {
        match self.attribute.as_str() {
            Errors::BASE => self.text.clone(),
            attribute => format!("{} {}", human_name(attribute), self.text),
        }
    }
}

/// `sub_title` as a person writes it: `Sub title`; `project_id` is `Project`.
pub fn human_name(attribute: &str) -> String {
    let attribute = attribute
        .strip_suffix("_id")
        .filter(|rest| !rest.is_empty())
        .unwrap_or(attribute);
    let mut letters = attribute.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first
        .chain(letters.map(|letter| if letter == '_' { ' ' } else { letter }))
        .collect()
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.full_messages().join(". "))
    }
}

/// `{"name": ["can't be blank"]}`.
impl Serialize for Errors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut by_attribute: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for message in &self.list {
            by_attribute
                .entry(&message.attribute)
                .or_default()
                .push(&message.text);
        }
        let mut map = serializer.serialize_map(Some(by_attribute.len()))?;
        for (attribute, texts) in by_attribute {
            map.serialize_entry(attribute, &texts)?;
        }
        map.end()
    }
}
