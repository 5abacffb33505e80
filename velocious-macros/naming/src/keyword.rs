//! Words that Rust keeps for itself.

/// Strict and reserved keywords of edition 2024. Weak keywords (`union`, `raw`, `safe`, `macro_rules`) are missing
/// because they are good identifiers.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether `word` cannot be an identifier because Rust uses it or has reserved it.
///
/// ```
/// assert!(velocious_naming::is_rust_keyword("type"));
/// assert!(velocious_naming::is_rust_keyword("gen"));
/// assert!(!velocious_naming::is_rust_keyword("kind"));
/// assert!(!velocious_naming::is_rust_keyword("Type"));
/// ```
pub fn is_rust_keyword(word: &str) -> bool {
    KEYWORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn keywords_are_sorted_for_the_binary_search() {
        assert!(super::KEYWORDS.is_sorted());
    }
}
