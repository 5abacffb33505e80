//! The messages of a record that did not pass its validations, and how they are said in another language.
//!
//! * [`Errors`]: messages by attribute; [`ErrorMessage`]: one of them.
//! * [`ErrorTranslator`], [`translate_errors`]: other words for messages and for the names of attributes.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::message;
use crate::value::Value;

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
    /// The model's name; empty where there is none.
    model: &'static str,
    list: Vec<ErrorMessage>,
}

impl Errors {
    /// What an attribute of this name holds that belongs to the record as a whole.
    pub const BASE: &'static str = "base";

    /// No messages yet about a record of a model, whose name is known to the translator then.
    pub(crate) fn of(model: &'static str) -> Self {
        Errors {
            model,
            list: Vec::new(),
        }
    }

    /// Adds a message: which attribute, what kind of rule (`presence`, …), and the text without the attribute.
    pub fn add(
        &mut self,
        attribute: impl Into<String>,
        kind: &'static str,
        text: impl Into<String>,
    ) {
        self.add_with(attribute, kind, text, Vec::new());
    }

    /// The same with details, each of which stands in the text as `%{name}`.
    ///
    /// ```
    /// use velocious::{model::Errors, value::Value};
    ///
    /// let mut errors = Errors::default();
    /// errors.add_with("seats", "full", "are only %{count}", [("count", Value::Integer(12))]);
    /// assert_eq!(errors.full_messages(), ["Seats are only 12"]);
    /// ```
    pub fn add_with(
        &mut self,
        attribute: impl Into<String>,
        kind: &'static str,
        text: impl Into<String>,
        details: impl IntoIterator<Item = (&'static str, Value)>,
    ) {
        let attribute = attribute.into();
        let details: Vec<_> = details.into_iter().collect();
        let text = said(self.model, &attribute, kind, &text.into(), &details);
        self.list.push(ErrorMessage {
            attribute,
            kind,
            text,
            details,
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

    /// Every message.
    pub fn iter(&self) -> std::slice::Iter<'_, ErrorMessage> {
        self.list.iter()
    }

    /// Each message as a sentence, with the attribute's name before it.
    pub fn full_messages(&self) -> Vec<String> {
        self.list
            .iter()
            .map(|message| message.full(self.model))
            .collect()
    }

    /// The sentences of one attribute.
    pub fn full_messages_on(&self, attribute: &str) -> Vec<String> {
        self.list
            .iter()
            .filter(|message| message.attribute == attribute)
            .map(|message| message.full(self.model))
            .collect()
    }

    /// Keeps the messages for whose attribute and kind `keep` answers `true`.
    pub fn retain(&mut self, keep: impl Fn(&str, &str) -> bool) {
        self.list
            .retain(|message| keep(&message.attribute, message.kind));
    }

    /// Adds the messages of a related record: those of its `name` are about `tasks.name`.
    pub fn include(&mut self, relation: &str, theirs: &Errors) {
        for message in &theirs.list {
            self.list.push(ErrorMessage {
                attribute: format!("{relation}.{}", message.attribute),
                ..message.clone()
            });
        }
    }

    /// Adds the messages of another list behind these.
    pub(crate) fn append(&mut self, mut others: Errors) {
        self.list.append(&mut others.list);
    }

    /// Forgets every message.
    pub fn clear(&mut self) {
        self.list.clear();
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a ErrorMessage;
    type IntoIter = std::slice::Iter<'a, ErrorMessage>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
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

/// What is wrong with one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorMessage {
    attribute: String,
    kind: &'static str,
    text: String,
    details: Vec<(&'static str, Value)>,
}

impl ErrorMessage {
    /// The attribute; [`Errors::BASE`] for the record as a whole.
    pub fn attribute(&self) -> &str {
        &self.attribute
    }

    /// What kind of rule failed: `presence`, `too_long`, `uniqueness`, …
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The text without the attribute's name.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the text is about, by name: `count` for the most characters allowed, `value` for what was given, …
    pub fn details(&self) -> &[(&'static str, Value)] {
        &self.details
    }

    fn full(&self, model: &str) -> String {
        match self.attribute.as_str() {
            Errors::BASE => self.text.clone(),
            attribute => format!("{} {}", attribute_name(model, attribute), self.text),
        }
    }
}

/// Other words for messages and for the names of attributes; see [`translate_errors`].
pub trait ErrorTranslator: Send + Sync {
    /// The text of a message in the language of the moment, still with `%{…}` for each detail; `None` for the
    /// English one.
    fn message(&self, message: &MessageId<'_>) -> Option<String>;

    /// What an attribute of a model is called; `None` for the name made from the field's.
    fn attribute(&self, model: &str, attribute: &str) -> Option<String> {
        let _ = (model, attribute);
        None
    }
}

/// What a message is to a translator.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MessageId<'a> {
    /// The model's name, as in `Task`; empty where there is none.
    pub model: &'a str,
    /// The attribute.
    pub attribute: &'a str,
    /// What kind of rule failed.
    pub kind: &'static str,
    /// The English text, with `%{…}` for each detail: `is too long (maximum is %{count} characters)`.
    pub text: &'a str,
}

/// Has every message and every attribute's name translated from now on. It can be said once in a program; answers
/// whether this was the first time.
///
/// A message is translated when it is found, the name of its attribute when a sentence is made of both.
///
/// ```standalone_crate
/// use velocious::model::errors::{ErrorTranslator, MessageId, translate_errors};
/// use velocious::model::Errors;
///
/// struct German;
///
/// impl ErrorTranslator for German {
///     fn message(&self, message: &MessageId<'_>) -> Option<String> {
///         match message.kind {
///             "too_long" => Some("ist zu lang (höchstens %{count} Zeichen)".into()),
///             _ => None,
///         }
///     }
///
///     fn attribute(&self, _model: &str, attribute: &str) -> Option<String> {
///         (attribute == "title").then(|| "Titel".into())
///     }
/// }
///
/// translate_errors(German);
/// let mut errors = Errors::default();
/// errors.add_with("title", "too_long", "is too long", [("count", 20.into())]);
/// assert_eq!(errors.full_messages(), ["Titel ist zu lang (höchstens 20 Zeichen)"]);
/// ```
pub fn translate_errors(translator: impl ErrorTranslator + 'static) -> bool {
    TRANSLATOR.set(Box::new(translator)).is_ok()
}

static TRANSLATOR: OnceLock<Box<dyn ErrorTranslator>> = OnceLock::new();

/// What an attribute of a model is called in a sentence.
pub(crate) fn attribute_name(model: &str, attribute: &str) -> String {
    let translated = TRANSLATOR
        .get()
        .and_then(|translator| translator.attribute(model, attribute));
    let translated = translated.or_else(|| message::attribute(model, attribute));
    translated.unwrap_or_else(|| human_name(attribute))
}

/// A message in the language of the moment, with its details.
fn said(
    model: &str,
    attribute: &str,
    kind: &'static str,
    text: &str,
    details: &[(&'static str, Value)],
) -> String {
    let translated = TRANSLATOR.get().and_then(|translator| {
        translator.message(&MessageId {
            model,
            attribute,
            kind,
            text,
        })
    });
    let translated = translated.or_else(|| message::validation(model, text, details));
    let mut text = translated.unwrap_or_else(|| text.to_owned());
    for (name, value) in details {
        let mark = format!("%{{{name}}}");
        if text.contains(&mark) {
            text = text.replace(&mark, &plain(value));
        }
    }
    text
}

/// A value without quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        value => value.to_string(),
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
