//! Patterns of LIKE, said a second time: letter by letter.

/// Whether a text matches a pattern: `%` is any text, `_` any letter, `\` before a letter that letter itself.
pub(super) fn matches(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut parts = Vec::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        parts.push(match letter {
            '%' => Part::Text,
            '_' => Part::Letter,
            '\\' => Part::Exactly(letters.next().unwrap_or('\\')),
            letter => Part::Exactly(letter),
        });
    }
    from_here(&text, &parts)
}

enum Part {
    Text,
    Letter,
    Exactly(char),
}

fn from_here(text: &[char], parts: &[Part]) -> bool {
    let Some((part, rest)) = parts.split_first() else {
        return text.is_empty();
    };
    match (part, text.split_first()) {
        (Part::Text, _) => (0..=text.len()).any(|length| from_here(&text[length..], rest)),
        (Part::Letter, Some((_, text))) => from_here(text, rest),
        (Part::Exactly(letter), Some((found, text))) => letter == found && from_here(text, rest),
        (_, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_as_sql_says() {
        assert!(matches("50% off", r"50\%%"));
        assert!(!matches("505 off", r"50\%%"));
        assert!(matches("日本", "日_") && !matches("日", "日_"));
        assert!(matches("", "%") && !matches("", "_"));
        assert!(matches(r"a\", r"a\"));
    }
}
