//! The "did you mean" of every message.

/// The candidate that somebody who wrote `word` most likely meant, or `None` when none is close.
///
/// Close is a slip of the fingers (one edit per three letters, case ignored, a swap counting once) or else
/// an abbreviation of at least three letters. Among equally close candidates the first wins.
///
/// ```
/// use velocious_naming::nearest;
///
/// assert_eq!(nearest("titel", &["title", "body"]), Some("title"));
/// assert_eq!(nearest("int", &["bigint", "integer"]), Some("integer"));
/// assert_eq!(nearest("colour", &["title", "body"]), None);
/// assert_eq!(nearest("Task", vec!["task"]), Some("task"));
/// ```
pub fn nearest<'a, S>(word: &str, candidates: impl IntoIterator<Item = &'a S>) -> Option<&'a str>
where
    S: AsRef<str> + ?Sized + 'a,
{
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let candidate = candidate.as_ref();
            Some((remoteness(&word, &candidate.to_lowercase())?, candidate))
        })
        .min_by_key(|(remoteness, _)| *remoteness)
        .map(|(_, candidate)| candidate)
}

/// How far apart two lower-case words are, smaller being closer; `None` when one cannot stand for the other.
fn remoteness(word: &str, candidate: &str) -> Option<usize> {
    let letters = word.chars().count();
    let distance = strsim::damerau_levenshtein(word, candidate);
    if distance <= (letters / 3).max(1) && distance < letters {
        return Some(distance);
    }
    let abbreviates = letters >= 3 && (candidate.starts_with(word) || word.starts_with(candidate));
    // Behind every slip of the fingers, and among abbreviations the shortest candidate first.
    abbreviates.then_some(letters + distance)
}
