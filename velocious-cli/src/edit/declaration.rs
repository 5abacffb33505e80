//! Lines such as `pub mod post;` and `pub use post::Post;`, which rustfmt wants in order.

use std::cmp::Ordering;

/// `file` with `line` among its like, or `None` when it has the line.
pub(super) fn insert(file: &str, line: &str) -> Option<String> {
    let mut lines: Vec<&str> = file.lines().collect();
    if lines.contains(&line) {
        return None;
    }
    let opening = opening_words(line);
    let like = |text: &&str| text.starts_with(opening) && text.ends_with(';');
    match lines.iter().position(like) {
        Some(first) => {
            let run = lines[first..].iter().take_while(|text| like(text)).count();
            let run = first..first + run;
            let behind = run
                .clone()
                .find(|at| compare(lines[*at], line) == Ordering::Greater);
            lines.insert(
                behind.map_or(run.end, |at| above_attributes(&lines, at)),
                line,
            );
        }
        None => {
            let at = first_place(&lines, line);
            let follows = at < lines.len();
            lines.insert(at, line);
            if follows && !lines[at + 1].is_empty() {
                lines.insert(at + 1, "");
            }
            if at > 0 && !lines[at - 1].is_empty() {
                lines.insert(at, "");
            }
        }
    }
    Some(joined(&lines))
}

/// `file` without `line` and without the gap it leaves, or `None` when it does not have the line.
pub(super) fn remove(file: &str, line: &str) -> Option<String> {
    let mut lines: Vec<&str> = file.lines().collect();
    let at = lines.iter().position(|text| *text == line)?;
    lines.remove(at);
    let blank_before = at == 0 || lines[at - 1].is_empty();
    let blank_after = lines.get(at).is_none_or(|text| text.is_empty());
    if blank_before && blank_after && !lines.is_empty() {
        lines.remove(at.saturating_sub(1));
    }
    Some(joined(&lines))
}

/// Where a line goes that is the first of its like: below the modules when it is no module, else below what the file says
/// of itself.
fn first_place(lines: &[&str], line: &str) -> usize {
    let is_module = |text: &&str| text.starts_with("mod ") || text.starts_with("pub mod ");
    let modules = lines
        .iter()
        .rposition(is_module)
        .filter(|_| !is_module(&line));
    let about_the_file = lines
        .iter()
        .take_while(|text| text.starts_with("//!") || text.starts_with("#!["))
        .count();
    let place = modules.map_or(about_the_file, |last| last + 1);
    match lines.get(place) {
        Some(&"") => place + 1,
        _ => place,
    }
}

/// `pub mod ` of `pub mod post;`: everything before the last word of the declaration's head.
fn opening_words(line: &str) -> &str {
    let name = line.rfind(' ').map_or(0, |space| space + 1);
    &line[..name]
}

/// Where to insert so that what stands above `at` and belongs to it (attributes, comments) stays with it.
fn above_attributes(lines: &[&str], at: usize) -> usize {
    let attached =
        |text: &&&str| text.starts_with("#[") || text.starts_with("//") && !text.starts_with("//!");
    at - lines[..at].iter().rev().take_while(attached).count()
}

/// rustfmt's order of two declarations with the same opening words: piece by piece, numbers by value, `_` first.
fn compare(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left, right);
    loop {
        let (left_piece, left_rest) = piece(left);
        let (right_piece, right_rest) = piece(right);
        let order = match (left_piece.parse::<u128>(), right_piece.parse::<u128>()) {
            (Ok(left), Ok(right)) => left.cmp(&right),
            _ => rank(left_piece).cmp(&rank(right_piece)),
        };
        if order != Ordering::Equal || left_piece.is_empty() || right_piece.is_empty() {
            return order;
        }
        (left, right) = (left_rest, right_rest);
    }
}

/// The first piece of a declaration (a number, or one letter) and what follows it.
fn piece(text: &str) -> (&str, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let letter = text.chars().next().map_or(0, char::len_utf8);
    text.split_at(digits.max(letter))
}

/// The end of a name comes before everything, then `_`, then the rest by code point.
fn rank(piece: &str) -> (u8, &str) {
    match piece {
        "" | ";" | ":" => (0, ""),
        "_" => (1, ""),
        other => (2, other),
    }
}

fn joined(lines: &[&str]) -> String {
    let mut text = lines.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{insert, remove};

    fn inserted(file: &str, line: &str) -> String {
        let inserted = insert(file, line).expect("the line is new");
        assert_eq!(
            insert(&inserted, line),
            None,
            "a second time changes nothing"
        );
        assert_eq!(
            remove(&inserted, line).as_deref(),
            Some(file),
            "taking it back leaves the file as it was"
        );
        inserted
    }

    #[test]
    fn a_first_declaration_goes_below_the_files_description_and_the_modules() {
        assert_eq!(
            inserted("//! M.\n\nuse a::B;\n\nfn f() {}\n", "mod post;"),
            "//! M.\n\nmod post;\n\nuse a::B;\n\nfn f() {}\n"
        );
        assert_eq!(
            inserted("fn f() {}\n", "mod post;"),
            "mod post;\n\nfn f() {}\n"
        );
        assert_eq!(
            inserted(
                "//! M.\n\npub mod post;\n\nfn f() {}\n",
                "pub use post::Post;"
            ),
            "//! M.\n\npub mod post;\n\npub use post::Post;\n\nfn f() {}\n"
        );

        assert_eq!(
            inserted("//! Models.\n", "pub mod post;"),
            "//! Models.\n\npub mod post;\n"
        );
        assert_eq!(inserted("", "pub mod post;"), "pub mod post;\n");
    }

    #[test]
    fn a_further_declaration_goes_where_rustfmt_wants_it() {
        let file = "//! Models.\n\npub mod author;\npub mod task;\n\npub use author::Author;\npub use task::Task;\n";
        let with_module = inserted(file, "pub mod post;");
        assert_eq!(
            inserted(&with_module, "pub use post::Post;"),
            "//! Models.\n\npub mod author;\npub mod post;\npub mod task;\n\npub use author::Author;\n\
             pub use post::Post;\npub use task::Task;\n"
        );
        assert!(
            inserted(file, "pub mod account;").contains("\n\npub mod account;\npub mod author;\n")
        );
        assert!(inserted(file, "pub mod user;").contains("pub mod task;\npub mod user;\n\n"));
    }

    #[test]
    fn a_shorter_name_an_underscore_and_a_smaller_number_come_first() {
        for [first, second] in [
            ["post", "post_tag"],
            ["post_tag", "postage"],
            ["post_tag", "post2"],
            ["post2", "post10"],
        ] {
            let (first, second) = (format!("mod {first};"), format!("mod {second};"));
            let expected = format!("{first}\n{second}\n");
            assert_eq!(inserted(&format!("{first}\n"), &second), expected);
            assert_eq!(inserted(&format!("{second}\n"), &first), expected);
        }
    }

    #[test]
    fn attributes_and_comments_stay_with_their_declaration() {
        let file = "// Zebras are striped.\n#[cfg(test)]\nmod zebra;\n";
        assert_eq!(
            inserted(file, "mod post;"),
            "mod post;\n// Zebras are striped.\n#[cfg(test)]\nmod zebra;\n"
        );
    }

    #[test]
    fn private_and_public_declarations_are_different_groups() {
        let file = "mod zebra;\n\npub mod post;\n";
        assert_eq!(
            inserted(file, "mod author;"),
            "mod author;\nmod zebra;\n\npub mod post;\n"
        );
    }

    #[test]
    fn removing_the_only_declaration_between_others_leaves_one_blank_line() {
        let file = "mod a;\n\npub use a::A;\n\nfn f() {}\n";
        assert_eq!(
            remove(file, "pub use a::A;").as_deref(),
            Some("mod a;\n\nfn f() {}\n")
        );
        assert_eq!(remove(file, "pub use b::B;"), None);
    }
}
