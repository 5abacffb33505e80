//! Texts that are never printed.

use std::fmt;

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
        let distinct = (0..=u8::MAX).filter(|byte| text.contains(byte)).count();
        let hexadecimal = text.iter().all(u8::is_ascii_hexdigit);
        match text.len() {
            0..=42 => Some("is shorter than 32 random bytes"),
            43..=63 if hexadecimal => Some("is shorter than 32 random bytes"),
            _ if distinct < 10 => Some("is not random"),
            _ => None,
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_random_texts_are_strong() {
        let weakness = |text: &str| Secret::new(text).weakness();
        assert_eq!(weakness("secret"), Some("is shorter than 32 random bytes"));
        assert_eq!(
            weakness("0123456789abcdef0123456789abcdef0123456789abcdef"),
            Some("is shorter than 32 random bytes"),
            "24 bytes as hexadecimal digits"
        );
        assert_eq!(weakness(&"ab".repeat(40)), Some("is not random"));
        assert_eq!(
            weakness("5f0c2bb0a4a5d5b0b1d64a1f4bb7d7b3a4dbdbe0a1a9b9b5b2cf9b4bd3e6f8a7"),
            None
        );
        assert_eq!(
            weakness("mS0b1Xk9pQzW4nR7vT2yU8iO5aE3dF6gH1jK0lZxCvB"),
            None
        );
    }
}
