//! The words of an SQL text, with what is quoted kept whole and comments left out.

/// One word, name, literal or sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    /// Whether white space or a comment comes before it.
    is_apart: bool,
}

impl Token<'_> {
    /// Whether it is this keyword or sign.
    pub(super) fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is one of these keywords.
    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    /// The name it stands for, without its quotes.
    pub(super) fn name(&self) -> String {
        let inner = |text: &str| text[1..text.len() - 1].to_owned();
        match self.text.chars().next() {
            Some('"') if self.text.len() > 1 => inner(self.text).replace("\"\"", "\""),
            Some('`') if self.text.len() > 1 => inner(self.text).replace("``", "`"),
            Some('\'') if self.text.len() > 1 => inner(self.text).replace("''", "'"),
            Some('[') if self.text.len() > 1 => inner(self.text),
            _ => self.text.to_owned(),
        }
    }
}

/// Takes a text apart.
pub(super) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = sql;
    let mut is_apart = false;
    while let Some(first) = rest.chars().next() {
        let (length, is_token) = match first {
            _ if first.is_whitespace() => (first.len_utf8(), false),
            '-' if rest.starts_with("--") => (end(rest, 2, "\n"), false),
            '/' if rest.starts_with("/*") => (end(rest, 2, "*/"), false),
            '\'' | '"' | '`' => (end_of_quote(rest, first), true),
            '[' => (end(rest, 1, "]"), true),
            _ if is_word(first) => (rest.find(|c| !is_word(c)).unwrap_or(rest.len()), true),
            _ => (first.len_utf8(), true),
        };
        let (text, behind) = rest.split_at(length);
        if is_token {
            found.push(Token { text, is_apart });
        }
        is_apart = !is_token;
        rest = behind;
    }
    found
}

/// Puts words together again, with one space where there was any.
pub(super) fn text(tokens: &[Token<'_>]) -> String {
    let mut text = String::new();
    for token in tokens {
        if token.is_apart && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(token.text);
    }
    text
}

/// How many tokens the parenthesis at the start spans; 0 when there is none.
pub(super) fn parenthesis(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return if at == 0 { 0 } else { at + 1 };
        }
    }
    tokens.len()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$' | '.')
}

/// Where what starts with a sign of `start` bytes ends: behind `end`, or at the end of the text.
fn end(text: &str, start: usize, end: &str) -> usize {
    let at = text[start..].find(end).map(|at| start + at + end.len());
    at.unwrap_or(text.len())
}

/// Where a quoted text ends; a doubled quote is part of it.
fn end_of_quote(text: &str, quote: char) -> usize {
    let mut at = 1;
    while let Some(next) = text[at..].find(quote) {
        at += next + 1;
        if !text[at..].starts_with(quote) {
            return at;
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_and_put_together() {
        let sql = "a VARCHAR(5) DEFAULT 'it''s, (ok)' -- why\n CHECK ([x y]<>\"q\"\"\"/* , */AND`z` > -1.5)";
        let found = tokens(sql);
        assert_eq!(
            text(&found),
            "a VARCHAR(5) DEFAULT 'it''s, (ok)' CHECK ([x y]<>\"q\"\"\" AND`z` > -1.5)"
        );
        assert_eq!(found[6].name(), "it's, (ok)");
        assert_eq!(found[9].name(), "x y");
        assert_eq!(found[12].name(), "q\"");
        assert_eq!(parenthesis(&found[2..]), 3);
        assert_eq!(parenthesis(&found), 0);
    }

    #[test]
    fn what_never_ends_is_no_trouble() {
        for sql in ["'", "\"a", "[", "/*", "--", "(", "`"] {
            for token in tokens(sql) {
                token.name();
            }
            parenthesis(&tokens(sql));
        }
    }
}
