//! Patterns of LIKE: `%` for any text, `_` for any letter, `\` before one of them for itself.

/// SQLite's function for small letters, of all alphabets; its own knows the English one.
pub(crate) const LOWER: &str = "velocious_lower";

/// The same pattern for SQLite's GLOB.
pub(super) fn glob(pattern: &str) -> String {
    let mut glob = String::with_capacity(pattern.len() + 8);
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '%' => glob.push('*'),
            '_' => glob.push('?'),
            // At the end it stands for itself.
            '\\' => literally(letters.next().unwrap_or('\\'), &mut glob),
            letter => literally(letter, &mut glob),
        }
    }
    glob
}

fn literally(letter: char, glob: &mut String) {
    if matches!(letter, '*' | '?' | '[') {
        glob.extend(['[', letter, ']']);
    } else {
        glob.push(letter);
    }
}

/// The same pattern with a `\` at its end standing for itself, which is an error on PostgreSQL.
pub(super) fn complete(mut pattern: String) -> String {
    let backslashes = pattern.chars().rev().take_while(|letter| *letter == '\\');
    if backslashes.count() % 2 == 1 {
        pattern.push('\\');
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_matches_what_the_pattern_does() {
        assert_eq!(glob("50%_x"), "50*?x");
        assert_eq!(glob(r"50\%\_\\"), r"50%_\");
        assert_eq!(glob("a*b?c[d]"), "a[*]b[?]c[[]d]");
        assert_eq!(glob("x\\"), "x\\");
    }

    #[test]
    fn a_pattern_never_ends_within_an_escape() {
        assert_eq!(complete("x\\".into()), "x\\\\");
        assert_eq!(complete("x\\\\".into()), "x\\\\");
        assert_eq!(complete("x".into()), "x");
    }
}
