//! The language that texts are in: which one is current, and what stands in for a text that is missing in it.
//!
//! * [`Locale`]: a language, as in `en` or `pt-BR`.
//! * [`with_locale`]: runs a future in a language; [`in_locale`]: the same for a function; [`locale`]: the current one.
//! * [`Locales`]: the application's own language, those that a visitor may choose from, and fallbacks; [`available`],
//!   [`find`]: what of that is in force.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll};

/// A language, with a region where that matters: `en`, `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locale(Cow<'static, str>);

impl Locale {
    /// The locale of this name.
    pub const fn new(name: &'static str) -> Self {
        Locale(Cow::Borrowed(name))
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Locale {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for Locale {
    fn from(name: &'static str) -> Self {
        Locale::new(name)
    }
}

impl From<String> for Locale {
    fn from(name: String) -> Self {
        Locale(Cow::Owned(name))
    }
}

impl From<&Locale> for Locale {
    fn from(locale: &Locale) -> Self {
        locale.clone()
    }
}

impl PartialEq<str> for Locale {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Locale {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// The application's own language, and where to look for a text that is missing in a language.
///
/// ```
/// use velocious::locale::{Locales, in_locale, locale};
///
/// Locales::new("en").fallbacks("de-AT", ["de", "en"]).install();
/// assert_eq!(locale(), "en");
/// in_locale("de-AT", || assert_eq!(locale(), "de-AT"));
/// ```
#[derive(Clone, Debug)]
pub struct Locales {
    default: Locale,
    available: Vec<Locale>,
    fallbacks: Vec<(Locale, Vec<Locale>)>,
}

/// What [`Locales::install`] has said last.
static INSTALLED: RwLock<Option<Arc<Locales>>> = RwLock::new(None);

thread_local! {
    /// The locale of what is running on this thread just now.
    static CURRENT: RefCell<Option<Locale>> = const { RefCell::new(None) };
}

impl Locales {
    /// An application in one language, without fallbacks.
    pub fn new(default: impl Into<Locale>) -> Self {
        let default = default.into();
        Locales {
            available: vec![default.clone()],
            default,
            fallbacks: Vec::new(),
        }
    }

    /// The languages that a visitor may choose from, beside the application's own and those that have fallbacks.
    #[must_use]
    pub fn available<L: Into<Locale>>(mut self, locales: impl IntoIterator<Item = L>) -> Self {
        for locale in locales {
            self.offer(locale.into());
        }
        self
    }

    fn offer(&mut self, locale: Locale) {
        if !self.available.contains(&locale) {
            self.available.push(locale);
        }
    }

    /// Where to look, in this order, for a text that is missing in `locale`.
    #[must_use]
    pub fn fallbacks<L: Into<Locale>>(
        mut self,
        locale: impl Into<Locale>,
        fallbacks: impl IntoIterator<Item = L>,
    ) -> Self {
        let locale = locale.into();
        let fallbacks = fallbacks.into_iter().map(Into::into).collect();
        self.fallbacks.retain(|(known, _)| *known != locale);
        self.offer(locale.clone());
        self.fallbacks.push((locale, fallbacks));
        self
    }

    /// Makes this what the whole program goes by. Without it, the language is `en` and nothing stands in for a text.
    pub fn install(self) {
        let mut installed = INSTALLED.write().unwrap_or_else(PoisonError::into_inner);
        *installed = Some(Arc::new(self));
    }

    fn installed() -> Option<Arc<Locales>> {
        let installed = INSTALLED.read().unwrap_or_else(PoisonError::into_inner);
        installed.clone()
    }
}

/// The current locale: that of the innermost [`with_locale`] or [`in_locale`] around, else the application's own.
pub fn locale() -> Locale {
    let current = CURRENT.with_borrow(Clone::clone);
    current.unwrap_or_else(default)
}

/// The application's own language.
pub(crate) fn default() -> Locale {
    Locales::installed().map_or(Locale::new("en"), |locales| locales.default.clone())
}

/// The languages that a visitor may choose from, the application's own first.
pub fn available() -> Vec<Locale> {
    match Locales::installed() {
        Some(locales) => locales.available.clone(),
        None => vec![Locale::new("en")],
    }
}

/// The available locale that somebody means by `name`, in any case and with `-` or `_` before the region: one of just
/// this name, else the language without its region.
///
/// ```
/// use velocious::locale::{Locales, find};
///
/// Locales::new("en").available(["de", "pt-BR"]).install();
/// assert_eq!(find("pt_br").map(|locale| locale.to_string()), Some("pt-BR".into()));
/// assert_eq!(find("de-AT").map(|locale| locale.to_string()), Some("de".into()));
/// assert_eq!(find("fr"), None);
/// ```
pub fn find(name: &str) -> Option<Locale> {
    let name = name.trim().replace('_', "-");
    let mut available = available();
    let mut at = |name: &str| {
        let is_meant = |locale: &Locale| locale.as_str().eq_ignore_ascii_case(name);
        let at = available.iter().position(is_meant)?;
        Some(available.swap_remove(at))
    };
    let language = name.split('-').next().unwrap_or_default();
    at(&name).or_else(|| at(language))
}

/// The locales in which a text is looked for: the current one, then its fallbacks, each once.
pub fn chain() -> Vec<Locale> {
    let mut chain = vec![locale()];
    if let Some(locales) = Locales::installed() {
        let fallbacks = locales.fallbacks.iter();
        let mut fallbacks = fallbacks.filter(|(locale, _)| *locale == chain[0]);
        let fallbacks = fallbacks.next().map_or(&[][..], |(_, list)| list);
        for locale in fallbacks {
            if !chain.contains(locale) {
                chain.push(locale.clone());
            }
        }
    }
    chain
}

/// Runs a future in a language: whatever it does and waits for, on whichever thread, and nothing else.
///
/// ```
/// use velocious::locale::{locale, with_locale};
///
/// # async fn example() {
/// let text = with_locale("de", async { format!("this is {}", locale()) }).await;
/// assert_eq!(text, "this is de");
/// # }
/// ```
pub fn with_locale<F: Future>(locale: impl Into<Locale>, work: F) -> WithLocale<F> {
    WithLocale {
        locale: Some(locale.into()),
        work: Box::pin(work),
    }
}

/// Runs a function in a language.
pub fn in_locale<T>(locale: impl Into<Locale>, work: impl FnOnce() -> T) -> T {
    let mut locale = Some(locale.into());
    let _entered = Entered::new(&mut locale);
    work()
}

/// The future that [`with_locale`] makes.
#[derive(Debug)]
#[must_use = "a future does nothing unless it is awaited"]
pub struct WithLocale<F> {
    /// Not here while the work is being done.
    locale: Option<Locale>,
    work: Pin<Box<F>>,
}

impl<F: Future> Future for WithLocale<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.get_mut();
        let _entered = Entered::new(&mut this.locale);
        this.work.as_mut().poll(context)
    }
}

/// The locale of the innermost language around, if there is any.
#[cfg(feature = "server")]
pub(crate) fn entered() -> Option<Locale> {
    CURRENT.with_borrow(Clone::clone)
}

/// Makes a locale the current one of whatever is running, until it ends.
#[cfg(feature = "server")]
pub(crate) fn change(locale: Locale) {
    CURRENT.set(Some(locale));
}

/// While it lives, the locale that was given is the current one; then everything is as before, also after a panic. What
/// the current one was at the end is in the place of what was given.
pub(crate) struct Entered<'a>(&'a mut Option<Locale>);

impl<'a> Entered<'a> {
    pub(crate) fn new(locale: &'a mut Option<Locale>) -> Self {
        CURRENT.with_borrow_mut(|current| std::mem::swap(current, locale));
        Entered(locale)
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        CURRENT.with_borrow_mut(|current| std::mem::swap(current, self.0));
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    #[cfg_attr(target_family = "wasm", ignore = "a panic ends a program there")]
    #[test]
    fn a_locale_is_current_within_and_not_around() {
        let around = locale();
        in_locale("de", || {
            assert_eq!(locale(), "de");
            in_locale(String::from("fr"), || assert_eq!(locale(), "fr"));
            assert_eq!(locale(), "de");
        });
        assert_eq!(locale(), around);
        let panicked = std::panic::catch_unwind(|| in_locale("de", || panic!("on purpose")));
        assert!(panicked.is_err());
        assert_eq!(locale(), around);
    }

    #[test]
    fn two_futures_that_take_turns_keep_their_locales() {
        let turn = || {
            let mut waited = false;
            std::future::poll_fn(move |_| match std::mem::replace(&mut waited, true) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            })
        };
        let work = |name: &'static str| {
            with_locale(name, async move {
                assert_eq!(locale(), name);
                turn().await;
                assert_eq!(locale(), name);
            })
        };
        let mut futures = [work("de"), work("fr")];
        let mut context = Context::from_waker(Waker::noop());
        for is_ready in [false, true] {
            for future in &mut futures {
                assert_eq!(Pin::new(future).poll(&mut context).is_ready(), is_ready);
            }
        }
    }
}
