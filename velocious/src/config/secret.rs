//! Texts that are never printed.

use std::fmt;

/// How many bytes of a secret have to be random.
const BYTES: usize = 32;

/// What stands in secrets that were written by hand, or copied from somewhere.
const WORDS: &[&str] = &[
    "secret",
    "password",
    "passwort",
    "changeme",
    "change_me",
    "change-me",
    "replace",
    "example",
    "default",
    "insecure",
    "development",
    "production",
    "qwerty",
];

/// A text that does not show in `{:?}`, in a log or in an error.
///
/// ```
/// use velocious::config::Secret;
///
/// let secret = Secret::new("hunter2");
/// assert_eq!(format!("{secret:?}"), "[secret]");
/// assert_eq!(secret.expose(), "hunter2");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text` from being printed.
    pub fn new(text: impl Into<String>) -> Self {
        Secret(text.into())
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Why this cannot be the secret of a production server, in words that follow "it"; `None` when it can.
    pub(crate) fn weakness(&self) -> Option<&'static str> {
        let text = self.0.as_bytes();
        let hexadecimal = text.iter().all(u8::is_ascii_hexdigit);
        // A hexadecimal digit holds four bits, any other letter six.
        let shortest = if hexadecimal {
            BYTES * 2
        } else {
            (BYTES * 8).div_ceil(6)
        };
        if text.len() < shortest {
            return Some("is shorter than 32 random bytes");
        }
        let lower = self.0.to_ascii_lowercase();
        if WORDS.iter().any(|word| lower.contains(word)) {
            return Some("has a word in it that random bytes do not have");
        }
        let random = entropy(text) >= 128.0 && !is_repeated(text) && !is_counted(text);
        (!random).then_some("is not random")
    }
}

/// How many bits a text holds, if each of its letters is as likely to be next as it is frequent.
fn entropy(text: &[u8]) -> f64 {
    let length = text.len() as f64;
    let counts = (0..=u8::MAX).map(|byte| text.iter().filter(|known| **known == byte).count());
    counts
        .filter(|count| *count > 0)
        .map(|count| count as f64 * (length / count as f64).log2())
        .sum()
}

/// Whether a text is a shorter one several times.
fn is_repeated(text: &[u8]) -> bool {
    (1..=text.len() / 2).any(|period| {
        text.iter()
            .zip(&text[period..])
            .all(|(one, other)| one == other)
    })
}

/// Whether a text counts: whether most of its letters are the neighbours of those before them.
fn is_counted(text: &[u8]) -> bool {
    let steps = text
        .windows(2)
        .filter(|pair| pair[0].abs_diff(pair[1]) <= 1);
    steps.count() * 2 > text.len()
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weakness(text: &str) -> Option<&'static str> {
        Secret::new(text).weakness()
    }

    #[test]
    fn short_texts_are_weak() {
        let short = Some("is shorter than 32 random bytes");
        for text in [
            "",
            "secret",
            "0123456789abcdef0123456789abcdef0123456789abcdef",
        ] {
            assert_eq!(weakness(text), short, "{text:?}");
        }
        assert_eq!(
            weakness(&"mS0b1Xk9pQzW4nR7vT2yU8iO5aE3dF6gH1jK0lZxCvB"[1..]),
            short
        );
    }

    #[test]
    fn texts_that_nobody_has_drawn_are_weak() {
        for text in [
            "ab".repeat(40),
            "0123456789".repeat(8),
            "5f0c2bb0a4a5d5b0".repeat(4),
            "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".into(),
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcdefghijk".into(),
        ] {
            assert_eq!(weakness(&text), Some("is not random"), "{text}");
        }
        for text in [
            "my-Secret-mS0b1Xk9pQzW4nR7vT2yU8iO5aE3dF6gH1jK0",
            "please-change-me-mS0b1Xk9pQzW4nR7vT2yU8iO5aE3dF6",
        ] {
            assert_eq!(
                weakness(text),
                Some("has a word in it that random bytes do not have"),
                "{text}"
            );
        }
    }

    #[test]
    fn random_texts_are_strong() {
        for text in [
            "5f0c2bb0a4a5d5b0b1d64a1f4bb7d7b3a4dbdbe0a1a9b9b5b2cf9b4bd3e6f8a7",
            "mS0b1Xk9pQzW4nR7vT2yU8iO5aE3dF6gH1jK0lZxCvB",
        ] {
            assert_eq!(weakness(text), None, "{text}");
        }
    }
}
