//! A translator of the application's own.

use std::sync::OnceLock;

use super::Arguments;

/// Says messages in other words than the catalogues do; see [`translate_with`].
pub trait Translator: Send + Sync {
    /// The text of a message in the language of the moment, [`locale()`](fn@crate::locale::locale), still with `%{…}` for what is
    /// to be filled in; `None` for what the catalogues have.
    fn translate(&self, message: &AskedMessage<'_>) -> Option<String>;
}

impl<F> Translator for F
where
    F: Fn(&AskedMessage<'_>) -> Option<String> + Send + Sync,
{
    fn translate(&self, message: &AskedMessage<'_>) -> Option<String> {
        self(message)
    }
}

/// A message that a [`Translator`] is asked for.
#[derive(Clone, Copy)]
pub struct AskedMessage<'a> {
    pub(super) id: &'a str,
    pub(super) plural: Option<&'a str>,
    pub(super) context: Option<&'a str>,
    pub(super) count: Option<u64>,
    pub(super) arguments: &'a Arguments<'a>,
}

impl<'a> AskedMessage<'a> {
    /// The message as it stands in the code.
    pub fn id(&self) -> &'a str {
        self.id
    }

    /// The same for several, of a message that is counted.
    pub fn plural(&self) -> Option<&'a str> {
        self.plural
    }

    /// Which of its meanings is meant.
    pub fn context(&self) -> Option<&'a str> {
        self.context
    }

    /// How many there are, of a message that is counted.
    pub fn count(&self) -> Option<u64> {
        self.count
    }

    /// What is filled in for `%{name}`.
    pub fn argument(&self, name: &str) -> Option<String> {
        let mut arguments = self.arguments.iter();
        let (_, value) = arguments.find(|(known, _)| *known == name)?;
        Some(value.to_string())
    }
}

impl std::fmt::Debug for AskedMessage<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AskedMessage")
            .field("id", &self.id)
            .field("context", &self.context)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

static TRANSLATOR: OnceLock<Box<dyn Translator>> = OnceLock::new();

/// Asks `translator` for every message from now on, before the catalogues. It can be said once in a program; answers whether
/// this was the first time.
///
/// ```standalone_crate
/// use velocious::message::{AskedMessage, translate_with};
/// use velocious::t;
///
/// translate_with(|message: &AskedMessage<'_>| match message.id() {
///     "Hello %{user_name}" => Some("Ahoy %{user_name}".into()),
///     _ => None,
/// });
/// assert_eq!(t!("Hello %{user_name}", user_name = "Ada"), "Ahoy Ada");
/// ```
pub fn translate_with(translator: impl Translator + 'static) -> bool {
    TRANSLATOR.set(Box::new(translator)).is_ok()
}

pub(super) fn ask(message: &AskedMessage<'_>) -> Option<String> {
    TRANSLATOR.get()?.translate(message)
}
