//! `%{name}` in a text: what is to be filled in.

use std::collections::BTreeSet;

/// The names of what is to be filled in; or, where something stands in the braces that is no name, that.
pub(crate) fn placeholders(text: &str) -> Result<BTreeSet<&str>, &str> {
    let mut names = BTreeSet::new();
    let mut rest = text;
    while let Some(at) = rest.find("%{") {
        let inside = &rest[at + 2..];
        let Some(end) = inside.find('}') else {
            return Err(&rest[at..]);
        };
        let name = &inside[..end];
        if !is_name(name) {
            return Err(&rest[at..at + 2 + end + 1]);
        }
        names.insert(name);
        rest = &inside[end + 1..];
    }
    Ok(names)
}

fn is_name(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    text.bytes().all(is_letter) && !text.is_empty() && !text.as_bytes()[0].is_ascii_digit()
}
