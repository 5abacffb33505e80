//! Texts of a page.

use maud::{Markup, html};
use velocious_naming::pluralize as plural_of;

/// `text`, cut so that it has at most `length` letters, the `…` at its end among them. A word is not cut where a space
/// comes before it.
///
/// ```
/// use velocious::view::truncate;
///
/// assert_eq!(truncate("Once upon a time", 12), "Once upon a…");
/// assert_eq!(truncate("Once upon", 12), "Once upon");
/// ```
pub fn truncate(text: &str, length: usize) -> String {
    if text.chars().nth(length).is_none() {
        return text.to_owned();
    }
    let Some(room) = length.checked_sub(1) else {
        return String::new();
    };
    let end = text
        .char_indices()
        .nth(room)
        .map_or(text.len(), |(at, _)| at);
    let (kept, rest) = text.split_at(end);
    let is_word_cut = !rest.starts_with(char::is_whitespace);
    let last_space = kept.rfind(char::is_whitespace).filter(|_| is_word_cut);
    let kept = kept[..last_space.unwrap_or(end)].trim_end();
    match kept.is_empty() {
        true => format!("{}…", &text[..end]),
        false => format!("{kept}…"),
    }
}

/// A number and what it counts: in the singular for one, else in the plural of English.
///
/// ```
/// use velocious::view::pluralize;
///
/// assert_eq!(pluralize(1, "person"), "1 person");
/// assert_eq!(pluralize(3, "task"), "3 tasks");
/// assert_eq!(pluralize(0, "category"), "0 categories");
/// ```
pub fn pluralize(count: impl TryInto<i128>, singular: &str) -> String {
    let count = count.try_into().unwrap_or(i128::MAX);
    match count {
        1 | -1 => format!("{count} {singular}"),
        _ => format!("{count} {}", plural_of(singular)),
    }
}

/// Paragraphs of a text that somebody has typed: an empty line ends one, another line break stays one. Everything in it is
/// escaped.
///
/// ```
/// use velocious::view::simple_format;
///
/// let html = simple_format("Hello <b>\nyou\n\nBye").into_string();
/// assert_eq!(html, "<p>Hello &lt;b&gt;<br>you</p><p>Bye</p>");
/// ```
pub fn simple_format(text: &str) -> Markup {
    let lines = text.lines().map(str::trim_end).collect::<Vec<_>>();
    let paragraphs = lines.split(|line| line.is_empty());
    html! {
        @for paragraph in paragraphs.filter(|lines| !lines.is_empty()) {
            p {
                @for (index, line) in paragraph.iter().enumerate() {
                    @if index > 0 { br; }
                    (line)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_words() {
        for (text, length, cut) in [
            ("Grüße an alle", 8, "Grüße…"),
            ("Grüße an alle", 9, "Grüße an…"),
            ("Donaudampfschiff", 6, "Donau…"),
            ("abc", 0, ""),
            ("abc", 1, "…"),
            ("", 0, ""),
            ("äöü", 3, "äöü"),
            ("  ab cd", 3, "  …"),
        ] {
            let found = truncate(text, length);
            assert_eq!(found, cut, "{text:?} at {length}");
            assert!(found.chars().count() <= length.max(text.chars().count().min(length)));
        }
    }

    #[test]
    fn paragraphs_hold_nothing_but_text() {
        assert_eq!(simple_format("").into_string(), "");
        assert_eq!(
            simple_format("\n\na\r\nb\r\n\r\n\r\n<script>\n").into_string(),
            "<p>a<br>b</p><p>&lt;script&gt;</p>"
        );
    }

    #[test]
    fn one_is_one() {
        assert_eq!(pluralize(-1, "day"), "-1 day");
        assert_eq!(pluralize(2_usize, "day"), "2 days");
        assert_eq!(pluralize(1_u8, "day"), "1 day");
    }
}
