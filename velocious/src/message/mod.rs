//! Messages in several languages: what the catalogues in `locales/*.po` have of them.
//!
//! * [`t!`](crate::t): a message in the language of the moment; [`Message`] is what it hands over, [`Count`] a number
//!   that chooses between its forms, by a [`Plural`].
//! * [`install`], [`find`]: messages that are known only when the program runs, in a [`Catalogue`].
//! * [`translate_with`]: a [`Translator`] of the application's own.

mod catalogue;
mod count;
mod plural;
#[cfg(test)]
mod tests;
mod translator;

use std::fmt::{Display, Write as _};

pub use self::catalogue::{Catalogue, MessageEntry, find, install};
pub(crate) use self::catalogue::{attribute, validation};
pub use self::count::Count;
pub use self::plural::Plural;
pub use self::translator::{AskedMessage, Translator, translate_with};
use crate::locale;

/// A message, and what it is in each language that has a catalogue. [`t!`](crate::t) writes it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Message {
    pub context: Option<&'static str>,
    pub id: &'static str,
    pub plural: Option<&'static str>,
    pub texts: &'static [MessageText],
}

/// A message in a language; no form where it is not translated yet.
#[doc(hidden)]
#[derive(Debug)]
pub struct MessageText {
    pub locale: &'static str,
    pub forms: &'static [&'static str],
    pub rule: &'static Plural,
}

/// What is filled in, by its name in the message.
pub(crate) type Arguments<'a> = [(&'a str, &'a dyn Display)];

/// A message in the language of the moment.
#[doc(hidden)]
pub fn message(message: &'static Message, arguments: &Arguments<'_>) -> String {
    said(message, None, arguments)
}

/// The same for a message that is counted; `n` is filled in, too.
#[doc(hidden)]
pub fn counted_message<N: Count>(
    message: &'static Message,
    n: N,
    arguments: &Arguments<'_>,
) -> String {
    let mut all: Vec<(&str, &dyn Display)> = vec![("n", &n)];
    all.extend_from_slice(arguments);
    said(message, Some(n.size()), &all)
}

fn said(message: &'static Message, count: Option<u64>, arguments: &Arguments<'_>) -> String {
    let asked = AskedMessage {
        id: message.id,
        plural: message.plural,
        context: message.context,
        count,
        arguments,
    };
    if let Some(text) = translator::ask(&asked) {
        return filled_in(&text, arguments);
    }
    let texts = message.texts;
    let of = |locale: &str| texts.iter().find(|text| text.locale == locale);
    let text = first_in_order(|locale| of(locale).map(|text| text.form(count)));
    let text = text.unwrap_or(match message.plural {
        Some(plural) if count != Some(1) => plural,
        _ => message.id,
    });
    filled_in(text, arguments)
}

impl MessageText {
    fn form(&self, count: Option<u64>) -> Option<&'static str> {
        let form = count.map_or(0, |count| self.rule.of(count));
        self.forms.get(usize::try_from(form).ok()?).copied()
    }
}

/// The first text there is: in the current language, in its fallbacks, in the application's own.
///
/// `of` answers with `None` for a language without a catalogue and `Some(None)` for one whose catalogue lacks it. A current
/// language without a catalogue is that of the code, so that the application's own does not stand in for it.
fn first_in_order<T>(of: impl Fn(&str) -> Option<Option<T>>) -> Option<T> {
    let mut chain = locale::chain();
    let has_catalogue = chain
        .first()
        .is_some_and(|locale| of(locale.as_str()).is_some());
    if has_catalogue {
        chain.push(locale::default());
    }
    let mut texts = chain.iter().map(|locale| of(locale.as_str()));
    texts.find_map(Option::flatten)
}

/// A text with a value for each `%{name}`. What nobody has given stays as it is.
pub(crate) fn filled_in(text: &str, arguments: &Arguments<'_>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("%{") {
        filled.push_str(&rest[..at]);
        let inside = &rest[at + 2..];
        let end = inside.find('}').unwrap_or(inside.len());
        let mut arguments = arguments.iter();
        match arguments.find(|(name, _)| *name == &inside[..end]) {
            // A value that cannot be shown is left out, as text has no place for the reason.
            Some((_, value)) => write!(filled, "{value}").unwrap_or_default(),
            None => {
                filled.push_str("%{");
                rest = inside;
                continue;
            }
        }
        rest = inside.get(end + 1..).unwrap_or_default();
    }
    filled.push_str(rest);
    filled
}
