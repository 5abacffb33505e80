//! What is never written down: secrets, and letters that would forge or colour a line.

use std::borrow::Cow;

use crate::controller::Node;

/// What the names of secrets contain.
const SECRET: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "authorization",
    "cookie",
    "api_key",
    "apikey",
    "private_key",
    "credential",
    "otp",
    "ssn",
    "cvv",
    "card_number",
];

/// What is written instead.
const FILTERED: &str = "[FILTERED]";

/// Whether a parameter of this name is kept out of logs and messages.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('-', "_");
    SECRET.iter().any(|secret| match *secret {
        // Short words are part of harmless ones: `otp` of `hotplate`.
        "otp" | "ssn" | "cvv" => name.split('_').any(|word| word == *secret),
        secret => name.contains(secret),
    })
}

/// The same parameters with every secret value replaced.
pub(crate) fn without_secrets(node: Node) -> Node {
    match node {
        Node::Map(map) => Node::Map(
            map.into_iter()
                .map(|(name, node)| {
                    let node = match is_secret_name(&name) {
                        true => Node::Text(FILTERED.into()),
                        false => without_secrets(node),
                    };
                    (name, node)
                })
                .collect(),
        ),
        Node::List(list) => Node::List(list.into_iter().map(without_secrets).collect()),
        node => node,
    }
}

/// `text` on one line, with every control character spelt out.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    without_controls(text, |c| c.is_control())
}

/// `text` with the control characters spelt out that a terminal would act on, but for the ends of lines.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    without_controls(text, |c| c.is_control() && c != '\n' && c != '\t')
}

fn without_controls(text: &str, is_bad: fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    let mut harmless = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match is_bad(c) {
            true => harmless.extend(c.escape_default()),
            false => harmless.push(c),
        }
    }
    Cow::Owned(harmless)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controller::Tree;

    #[test]
    fn names_of_secrets_are_known_wherever_they_stand() {
        for name in [
            "password",
            "user_token",
            "Authorization",
            "X-Api-Key",
            "otp",
            "login_otp",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["title", "hotplate", "page", "author_id"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn nested_secrets_are_replaced() {
        let tree = Tree::from_query("user[name]=Ada&user[password]=1&t[][token]=2").expect("fine");
        let json = serde_json::to_string(&without_secrets(tree.into())).expect("JSON");
        assert_eq!(
            json,
            r#"{"t":[{"token":"[FILTERED]"}],"user":{"name":"Ada","password":"[FILTERED]"}}"#
        );
    }

    #[test]
    fn no_text_forges_or_colours_a_line() {
        assert_eq!(
            one_line("a\nERROR b\r\u{1b}[31m ü"),
            "a\\nERROR b\\r\\u{1b}[31m ü"
        );
        assert_eq!(harmless("a\n\tb\u{1b}[31m"), "a\n\tb\\u{1b}[31m");
        assert!(matches!(one_line("ü"), Cow::Borrowed("ü")));
    }
}
