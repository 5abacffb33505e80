//! Mistakes of the user, collected so that one build reports all of them.
//!
//! * [`Faults`]: the collection; becomes `compile_error!`s under the words that are wrong.
//! * [`unknown`]: the sentence for a word that is not one of those known, with the nearest one.
//! * [`listed`], [`source`]: names and tokens as a sentence quotes them.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes found so far, in the order in which they were found.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<syn::Error>);

impl Faults {
    /// Notes a mistake under the tokens `at`, however many they are.
    pub(crate) fn at(&mut self, at: impl ToTokens, message: impl Into<String>) {
        self.add(syn::Error::new_spanned(at, message.into()));
    }

    /// Notes a mistake at a place for which there are no tokens.
    pub(crate) fn at_span(&mut self, span: Span, message: impl Into<String>) {
        self.add(syn::Error::new(span, message.into()));
    }

    /// Notes what a parser reported, which can be several mistakes in one error.
    pub(crate) fn add(&mut self, error: syn::Error) {
        self.0.extend(error);
    }

    /// The value of `result`; a failure is noted and becomes `None`.
    pub(crate) fn take<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.add(error)).ok()
    }

    /// Everything found here as one error, or `value` when nothing was.
    pub(crate) fn into_result<T>(self, value: T) -> syn::Result<T> {
        let combined = self.0.into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        });
        combined.map_or(Ok(value), Err)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One `compile_error!` for each mistake.
    pub(crate) fn into_compile_errors(self) -> TokenStream {
        self.0
            .into_iter()
            .map(syn::Error::into_compile_error)
            .collect()
    }

    /// The mistakes themselves, for tests.
    #[cfg(test)]
    pub(crate) fn into_vec(self) -> Vec<syn::Error> {
        self.0
    }
}

/// Says that `place` has no `word` of that kind, with the nearest one it has, or else with all of them.
///
/// `place` is quoted already; `kind` is what the word should have been, like "option".
pub(crate) fn unknown<S: AsRef<str>>(place: &str, kind: &str, word: &str, known: &[S]) -> String {
    let fault = format!("{place} has no {kind} `{word}`");
    match velocious_naming::nearest(word, known) {
        Some(nearest) => format!("{fault}; did you mean `{nearest}`?"),
        None if known.is_empty() => fault,
        None => format!("{fault}; there is {}", listed(known, "and")),
    }
}

/// Names in backticks, separated by commas and, before the last, by the word `last`.
pub(crate) fn listed<S: AsRef<str>>(names: &[S], last: &str) -> String {
    let quoted: Vec<_> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., end] => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// Tokens as a person would write them.
pub(crate) fn source(tokens: &impl ToTokens) -> String {
    let spaced = tokens.to_token_stream().to_string();
    let tight = [" ::", ":: ", " <", "< ", " >"];
    tight
        .iter()
        .fold(spaced, |text, gap| text.replace(gap, gap.trim()))
}
