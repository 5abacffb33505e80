//! Plurals and singulars of English nouns: exceptions come from `words`, the rest is the spelling rules of English.
//!
//! Only the last word of a name changes (`blog_post`, `blog-post`, `BlogPost`), and what is in the wanted number
//! already stays as it is.

use crate::words::{
    CHE_NOUNS, COMPOUND_IRREGULAR, HARD_CH_NOUNS, I_NOUNS, IE_NOUNS, IRREGULAR, MEN_NOUNS,
    REGULAR_MAN_NOUNS, S_NOUNS, U_NOUNS, UNCOUNTABLE, USE_NOUNS, Z_NOUNS,
};

/// `name` with its last word in the plural.
///
/// ```
/// use velocious_naming::pluralize;
///
/// assert_eq!(pluralize("task"), "tasks");
/// assert_eq!(pluralize("category"), "categories");
/// assert_eq!(pluralize("person"), "people");
/// assert_eq!(pluralize("news"), "news");
/// assert_eq!(pluralize("BlogPost"), "BlogPosts");
/// assert_eq!(pluralize("tasks"), "tasks");
/// ```
pub fn pluralize(name: &str) -> String {
    change_last_word(name, plural)
}

/// `name` with its last word in the singular.
///
/// ```
/// use velocious_naming::singularize;
///
/// assert_eq!(singularize("tasks"), "task");
/// assert_eq!(singularize("categories"), "category");
/// assert_eq!(singularize("people"), "person");
/// assert_eq!(singularize("statuses"), "status");
/// assert_eq!(singularize("BlogPosts"), "BlogPost");
/// assert_eq!(singularize("address"), "address");
/// ```
pub fn singularize(name: &str) -> String {
    change_last_word(name, singular)
}

/// Applies `change`, which speaks lower case, to the last word of `name`, and keeps the capitals of what stays.
fn change_last_word(name: &str, change: fn(&str) -> String) -> String {
    let (before, word) = name.split_at(last_word_start(name));
    let changed = change(&word.to_ascii_lowercase());
    let kept = word
        .bytes()
        .zip(changed.bytes())
        .take_while(|(old, new)| old.to_ascii_lowercase() == *new)
        .count();
    // Words may hold letters beyond ASCII; cutting inside one would panic.
    match (word.get(..kept), changed.get(kept..)) {
        (Some(kept), Some(ending)) => format!("{before}{kept}{ending}"),
        _ => format!("{before}{changed}"),
    }
}

/// Where the last word of `name` starts: after the last separator, or at the last capital that follows a small letter.
fn last_word_start(name: &str) -> usize {
    let mut start = 0;
    let mut previous = ' ';
    for (at, letter) in name.char_indices() {
        if matches!(letter, '_' | '-' | ' ' | '/') {
            start = at + 1;
        } else if letter.is_uppercase() && (previous.is_lowercase() || previous.is_ascii_digit()) {
            start = at;
        }
        previous = letter;
    }
    start
}

fn plural(word: &str) -> String {
    if word.is_empty()
        || UNCOUNTABLE.contains(&word)
        || irregular_singular(word).is_some()
        || is_regular_plural(word)
    {
        return word.to_owned();
    }
    if let Some(plural) = irregular_plural(word) {
        return plural;
    }
    if let Some(stem) = word.strip_suffix('y')
        && !ends_in_vowel(stem)
    {
        return format!("{stem}ies");
    }
    let hisses = ["s", "x", "z", "sh"]
        .iter()
        .any(|sound| word.ends_with(sound))
        || (word.ends_with("ch") && !HARD_CH_NOUNS.contains(&word));
    format!("{word}{}", if hisses { "es" } else { "s" })
}

fn singular(word: &str) -> String {
    if word.is_empty() || UNCOUNTABLE.contains(&word) || irregular_plural(word).is_some() {
        return word.to_owned();
    }
    if let Some(singular) = irregular_singular(word) {
        return singular;
    }
    if !is_regular_plural(word) {
        return word.to_owned();
    }
    let without_s = &word[..word.len() - 1];
    if let Some(stem) = word.strip_suffix("ies")
        && stem.len() > 1
        && !IE_NOUNS.contains(&without_s)
    {
        return format!("{stem}y");
    }
    match word.strip_suffix("es") {
        Some(stem) if drops_es(stem, without_s) => stem.to_owned(),
        _ => without_s.to_owned(),
    }
}

/// Whether a plural in `-es` belongs to the noun `stem` rather than to `stem` with an `e`, which is `with_e`.
fn drops_es(stem: &str, with_e: &str) -> bool {
    if stem.ends_with("us") {
        let house_or_cause = stem.ends_with("ous") || stem.ends_with("aus");
        return !house_or_cause && !USE_NOUNS.contains(&with_e);
    }
    if stem.ends_with("ch") {
        return !CHE_NOUNS.contains(&with_e);
    }
    ["ss", "sh", "x", "zz", "tz"]
        .iter()
        .any(|ending| stem.ends_with(ending))
        || S_NOUNS.contains(&stem)
        || Z_NOUNS.contains(&stem)
}

/// Whether the final `s` of `word` is the plural's, not part of a noun like `status`, `address`, `iris` or `lens`.
fn is_regular_plural(word: &str) -> bool {
    let Some(stem) = word.strip_suffix('s') else {
        return false;
    };
    let noun_in_s = match stem.as_bytes().last() {
        None | Some(b's') => true,
        Some(b'u') => !U_NOUNS.contains(&stem),
        Some(b'i') => !I_NOUNS.contains(&stem),
        Some(_) => S_NOUNS.contains(&word),
    };
    !noun_in_s
}

/// The plural of a noun that the spelling rules would get wrong.
fn irregular_plural(word: &str) -> Option<String> {
    if let Some((_, plural)) = IRREGULAR.iter().find(|(singular, _)| *singular == word) {
        return Some((*plural).to_owned());
    }
    if word.ends_with("man") && REGULAR_MAN_NOUNS.contains(&word) {
        return None;
    }
    COMPOUND_IRREGULAR
        .iter()
        .find_map(|(singular, plural)| Some(format!("{}{plural}", word.strip_suffix(singular)?)))
}

/// The singular of a plural that the spelling rules would get wrong.
fn irregular_singular(word: &str) -> Option<String> {
    if let Some((singular, _)) = IRREGULAR.iter().find(|(_, plural)| *plural == word) {
        return Some((*singular).to_owned());
    }
    if MEN_NOUNS.contains(&word) {
        return None;
    }
    COMPOUND_IRREGULAR
        .iter()
        .find_map(|(singular, plural)| Some(format!("{}{singular}", word.strip_suffix(plural)?)))
}

fn ends_in_vowel(stem: &str) -> bool {
    let spoken_y_of_soliloquy = stem.ends_with("qu");
    stem.is_empty() || (stem.ends_with(['a', 'e', 'i', 'o', 'u']) && !spoken_y_of_soliloquy)
}
