//! The block that a macro opens in a file: `routes! { … }`, `migrations! { … }`.

use std::ops::Range;

use super::{MissingAnchor, code::code_only};

const INDENT: &str = "    ";

/// `file` with `text` as the last entry of the block of `name`, or `None` when it has the entry.
pub(super) fn insert(file: &str, name: &str, text: &str) -> Result<Option<String>, MissingAnchor> {
    let Some(inside) = find(file, name) else {
        // Whoever keeps the block elsewhere may have added the line by hand.
        return if has_entry(&code_only(file), text) {
            Ok(None)
        } else {
            Err(MissingAnchor)
        };
    };
    let code = &code_only(file)[inside.clone()];
    if has_entry(code, text) {
        return if text.lines().all(|line| has_entry(code, line)) {
            Ok(None)
        } else {
            Err(MissingAnchor)
        };
    }
    let outer = indentation(file, inside.start);
    let entry = indented(text, &format!("{outer}{INDENT}"));
    let body = &file[inside.clone()];
    let on_lines_of_its_own = body
        .rsplit_once('\n')
        .is_some_and(|(_, last)| last.trim().is_empty());
    let kept = body.trim_end();
    let body = match kept {
        "" => format!("\n{entry}{outer}"),
        kept if on_lines_of_its_own => format!("{kept}\n{entry}{outer}"),
        // A block on one line: what stands in it gets a line of its own, and the comma that a list then needs.
        kept => {
            let comma = if text.ends_with(',') && !kept.ends_with(',') {
                ","
            } else {
                ""
            };
            format!(
                "\n{outer}{INDENT}{}{comma}\n{entry}{outer}",
                kept.trim_start()
            )
        }
    };
    Ok(Some(format!(
        "{}{body}{}",
        &file[..inside.start],
        &file[inside.end..]
    )))
}

/// `file` without the entry `text` of the block of `name`, or `None` when it is not there as it was added.
pub(super) fn remove(file: &str, name: &str, text: &str) -> Option<String> {
    let inside = find(file, name)?;
    let outer = indentation(file, inside.start);
    let entry = format!("\n{}", indented(text, &format!("{outer}{INDENT}")));
    let body = &file[inside.clone()];
    let at = body.find(&entry)?;
    // The line end before the entry goes with it; the one at its end stays.
    let body = format!("{}{}", &body[..at], &body[at + entry.len() - 1..]);
    let body = if body.trim().is_empty() { "" } else { &body };
    Some(format!(
        "{}{body}{}",
        &file[..inside.start],
        &file[inside.end..]
    ))
}

/// Whether the code of a block has the entry `text`, be it with another ending (`resources posts { … }`).
fn has_entry(code: &str, text: &str) -> bool {
    let first = text
        .lines()
        .next()
        .unwrap_or(text)
        .trim_matches([';', ',', '{', '}', ' ']);
    code.split([';', ',', '{', '}', '\n'])
        .any(|piece| piece.trim() == first)
}

/// Where the inside of the block of `name` is, without its brackets.
fn find(file: &str, name: &str) -> Option<Range<usize>> {
    let code = code_only(file);
    let (at, _) = code.match_indices(name).find(|(at, _)| {
        !code[..*at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
    })?;
    let behind = &code[at + name.len()..];
    let opening = behind.trim_start();
    opening.starts_with(['{', '[', '(']).then_some(())?;
    let start = code.len() - opening.len() + 1;
    let mut depth = 1;
    for (offset, letter) in code[start..].char_indices() {
        match letter {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(start..start + offset);
        }
    }
    None
}

/// The white space in front of the line that `at` is in.
fn indentation(file: &str, at: usize) -> &str {
    let line = file[..at].rfind('\n').map_or(0, |end| end + 1);
    let width = file[line..at].len() - file[line..at].trim_start().len();
    &file[line..line + width]
}

/// Every line of `text` behind `indent`, each with its line end.
fn indented(text: &str, indent: &str) -> String {
    text.lines()
        .map(|line| format!("{indent}{line}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{MissingAnchor, insert, remove};

    const ROUTES: &str = "//! Routes.\n\nvelocious::routes! {\n    // one line each\n}\n";

    fn inserted(file: &str, name: &str, text: &str) -> String {
        let inserted = insert(file, name, text)
            .expect("the block exists")
            .expect("the entry is new");
        assert_eq!(
            insert(&inserted, name, text),
            Ok(None),
            "a second time changes nothing"
        );
        inserted
    }

    #[test]
    fn an_entry_goes_to_the_end_of_the_block_and_comes_out_again() {
        let with_posts = inserted(ROUTES, "routes!", "resources posts;");
        assert_eq!(
            with_posts,
            "//! Routes.\n\nvelocious::routes! {\n    // one line each\n    resources posts;\n}\n"
        );
        let with_pages = inserted(
            &with_posts,
            "routes!",
            "namespace pages {\n    get about;\n}",
        );
        assert!(with_pages.ends_with(
            "    resources posts;\n    namespace pages {\n        get about;\n    }\n}\n"
        ));
        let without_posts =
            remove(&with_pages, "routes!", "resources posts;").expect("it is there");
        let nothing = remove(
            &without_posts,
            "routes!",
            "namespace pages {\n    get about;\n}",
        )
        .expect("it is there");
        assert_eq!(nothing, ROUTES);
    }

    #[test]
    fn an_empty_block_is_opened_and_closed_again() {
        let file = "fn f() -> Vec<M> {\n    velocious::migrations! {}\n}\n";
        let with_entry = inserted(file, "migrations!", "m1::A,");
        assert_eq!(
            with_entry,
            "fn f() -> Vec<M> {\n    velocious::migrations! {\n        m1::A,\n    }\n}\n"
        );
        assert_eq!(
            remove(&with_entry, "migrations!", "m1::A,").as_deref(),
            Some(file)
        );
    }

    #[test]
    fn a_list_on_one_line_is_spread_out() {
        assert_eq!(
            inserted("    migrations![m1::A, m2::B]\n", "migrations!", "m3::C,"),
            "    migrations![\n        m1::A, m2::B,\n        m3::C,\n    ]\n"
        );
    }

    #[test]
    fn blocks_in_comments_strings_and_longer_names_are_not_meant() {
        let file = "// routes! { a }\nconst S: &str = \"routes! {\";\nmy_routes! {}\n/* routes! {} */ routes! {}\n";
        assert_eq!(
            inserted(file, "routes!", "b;"),
            file.replace("*/ routes! {}", "*/ routes! {\n    b;\n}")
        );
        assert_eq!(
            insert("// routes! {}\n", "routes!", "b;"),
            Err(MissingAnchor)
        );
        assert_eq!(
            insert("routes! { a;\n", "routes!", "b;"),
            Err(MissingAnchor)
        );
        assert_eq!(insert("", "routes!", "b;"), Err(MissingAnchor));
    }

    #[test]
    fn braces_in_comments_and_strings_do_not_close_the_block() {
        let file = "routes! {\n    // } not here\n    get a => \"}\";\n}\nfn f() {}\n";
        let expected = "routes! {\n    // } not here\n    get a => \"}\";\n    b;\n}\nfn f() {}\n";
        assert_eq!(inserted(file, "routes!", "b;"), expected);
    }

    #[test]
    fn an_entry_with_a_body_counts_as_there_and_one_in_a_comment_does_not() {
        let file =
            "routes! {\n    resources posts { resources comments; }\n    // resources tags;\n}\n";
        assert_eq!(insert(file, "routes!", "resources posts;"), Ok(None));
        assert!(insert(file, "routes!", "resources tags;").is_ok_and(|text| text.is_some()));
        assert!(insert(file, "routes!", "resources post;").is_ok_and(|text| text.is_some()));
    }

    #[test]
    fn a_namespace_that_lacks_an_action_is_left_to_the_user() {
        let file = "routes! {\n    namespace pages { get about; }\n}\n";
        assert_eq!(
            insert(file, "routes!", "namespace pages {\n    get about;\n}"),
            Ok(None)
        );
        assert_eq!(
            insert(file, "routes!", "namespace pages {\n    get contact;\n}"),
            Err(MissingAnchor)
        );
    }

    #[test]
    fn a_line_added_by_hand_where_there_is_no_block_is_enough() {
        assert_eq!(
            insert("resources posts;\n", "routes!", "resources posts;"),
            Ok(None)
        );
    }

    #[test]
    fn a_changed_entry_is_not_removed() {
        let file = "routes! {\n    resources posts { resources comments; }\n}\n";
        assert_eq!(remove(file, "routes!", "resources posts;"), None);
    }
}
