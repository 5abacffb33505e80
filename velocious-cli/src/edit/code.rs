//! Which parts of a Rust file are code.

/// `file` with every comment, string and character replaced by as many spaces as it has bytes, so that places found in
/// the result are places in `file`.
pub(super) fn code_only(file: &str) -> String {
    let mut code = String::with_capacity(file.len());
    let mut rest = file;
    while let Some(letter) = rest.chars().next() {
        let other = not_code(rest, code.chars().next_back());
        if other == 0 {
            code.push(letter);
            rest = &rest[letter.len_utf8()..];
        } else {
            let blank = rest[..other]
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { ' ' });
            code.extend(blank);
            rest = &rest[other..];
        }
    }
    code
}

/// The length of the comment, string or character at the start of `text`, which follows `previous`; 0 for code.
fn not_code(text: &str, previous: Option<char>) -> usize {
    let inside_a_word = previous.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return block_comment(text);
    }
    if text.starts_with('"') {
        return quoted(text, '"');
    }
    if text.starts_with('r') && !inside_a_word {
        return raw_string(text);
    }
    if text.starts_with('\'') {
        return character(text);
    }
    0
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            letter if letter == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn raw_string(text: &str) -> usize {
    let hashes = text[1..].bytes().take_while(|byte| *byte == b'#').count();
    let opening = 1 + hashes;
    if !text[opening..].starts_with('"') {
        return 0;
    }
    let closing = format!("\"{}", "#".repeat(hashes));
    text[opening + 1..]
        .find(&closing)
        .map_or(text.len(), |at| opening + 1 + at + closing.len())
}

/// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn character(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), _) => quoted(text, '\''),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::code_only;

    #[test]
    fn everything_that_is_not_code_becomes_blank_in_place() {
        for (file, code) in [
            ("a // { æ\nb", "a        \nb"),
            ("a /* { /* } */ } */ b", "a                   b"),
            ("a \"}\\\"\" b", "a       b"),
            ("a r#\"}\"\"# b", "a         b"),
            ("bar\"}\"", "bar   "),
            ("'{' 'a '\\'' b", "    'a      b"),
            ("r#type {}", "r#type {}"),
            ("\"open", "     "),
            ("/* open", "       "),
        ] {
            assert_eq!(code_only(file), code, "code of `{file}`");
            assert_eq!(code_only(file).len(), file.len());
        }
    }
}
