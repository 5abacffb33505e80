//! Messages that are known only when the program runs, by what [`messages!`](crate::messages!) has read of the catalogues.

use std::fmt::Display;
use std::sync::{PoisonError, RwLock};

use super::plural::Plural;
use super::translator::{self, AskedMessage};
use super::{Arguments, filled_in, first_in_order};
use crate::model::errors::human_name;
use crate::value::Value;

/// The messages in one language, as [`messages!`](crate::messages!) writes them.
#[derive(Debug)]
pub struct Catalogue {
    #[doc(hidden)]
    pub locale: &'static str,
    #[doc(hidden)]
    pub rule: &'static Plural,
    /// By `id`, then by `context`.
    #[doc(hidden)]
    pub entries: &'static [MessageEntry],
}

/// A message of a [`Catalogue`].
#[doc(hidden)]
#[derive(Debug)]
pub struct MessageEntry {
    pub id: &'static str,
    pub context: Option<&'static str>,
    pub forms: &'static [&'static str],
}

impl Catalogue {
    /// The language, as in `pt-BR`.
    pub fn locale(&self) -> &'static str {
        self.locale
    }

    fn form(&self, context: Option<&str>, id: &str, count: Option<u64>) -> Option<&'static str> {
        let at = self
            .entries
            .binary_search_by(|entry| (entry.id, entry.context).cmp(&(id, context)));
        let forms = self.entries.get(at.ok()?)?.forms;
        match forms {
            [only] => Some(only),
            forms => {
                let form = count.map_or(0, |count| self.rule.of(count));
                forms.get(usize::try_from(form).ok()?).copied()
            }
        }
    }
}

static INSTALLED: RwLock<&'static [Catalogue]> = RwLock::new(&[]);

/// Makes these the catalogues that [`find`], the messages of validations and the names of attributes are looked up in.
/// An application does it with [`Application::messages`](crate::Application::messages).
///
/// ```
/// velocious::message::install(velocious::messages!());
/// ```
pub fn install(catalogues: &'static [Catalogue]) {
    *INSTALLED.write().unwrap_or_else(PoisonError::into_inner) = catalogues;
}

/// A message in the language of the moment, by a text that is known only now; the text itself where no catalogue has it.
///
/// ```
/// velocious::message::install(velocious::messages!());
/// let from_the_database = String::from("Draft");
/// assert_eq!(velocious::message::find(&from_the_database), "Draft");
/// ```
pub fn find(id: &str) -> String {
    look_up(&[None], id, None, &[]).unwrap_or_else(|| id.to_owned())
}

/// The text of a validation's message, with its details filled in: in the context of the model, else in none.
pub(crate) fn validation(
    model: &str,
    text: &str,
    details: &[(&'static str, Value)],
) -> Option<String> {
    let count = details.iter().find_map(|(name, value)| match value {
        Value::Integer(number) if *name == "count" => Some(u64::from(number.unsigned_abs())),
        Value::BigInt(number) if *name == "count" => Some(number.unsigned_abs()),
        _ => None,
    });
    look_up(&contexts(model), text, count, &[])
}

/// What an attribute is called: `Sub title` in the context of the model, else in none.
pub(crate) fn attribute(model: &str, attribute: &str) -> Option<String> {
    look_up(&contexts(model), &human_name(attribute), None, &[])
}

fn contexts(model: &str) -> [Option<&str>; 2] {
    [Some(model).filter(|model| !model.is_empty()), None]
}

/// What the first of these contexts has of a message, by the translator, then in the order of the languages.
fn look_up(
    contexts: &[Option<&str>],
    id: &str,
    count: Option<u64>,
    arguments: &[(&str, &dyn Display)],
) -> Option<String> {
    let arguments: &Arguments<'_> = arguments;
    for context in contexts {
        let asked = AskedMessage {
            id,
            plural: None,
            context: *context,
            count,
            arguments,
        };
        if let Some(text) = translator::ask(&asked) {
            return Some(filled_in(&text, arguments));
        }
    }
    let installed = *INSTALLED.read().unwrap_or_else(PoisonError::into_inner);
    if installed.is_empty() {
        return None;
    }
    let text = first_in_order(|locale| {
        let catalogue = installed.iter().find(|known| known.locale == locale)?;
        let mut contexts = contexts.iter();
        Some(contexts.find_map(|context| catalogue.form(*context, id, count)))
    });
    text.map(|text| filled_in(text, arguments))
}
