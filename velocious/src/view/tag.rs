//! The usual tags.

use maud::{Markup, Render, html};

use crate::controller::Context;
use crate::http::csrf;

/// A link.
///
/// ```
/// use velocious::view::link_to;
///
/// let link = link_to("A & B", "/tasks?a=1&b=2");
/// assert_eq!(link.into_string(), r#"<a href="/tasks?a=1&amp;b=2">A &amp; B</a>"#);
/// ```
pub fn link_to(text: impl Render, path: impl AsRef<str>) -> Markup {
    html! { a href=(harmless(path.as_ref())) { (text) } }
}

/// A button that sends a request with a method of its own, such as `delete`.
///
/// ```
/// use velocious::view::button_to;
///
/// let button = button_to("Delete", "/tasks/7", "delete").into_string();
/// assert!(button.starts_with(r#"<form class="button_to" method="post" action="/tasks/7">"#));
/// assert!(button.contains(r#"<input type="hidden" name="_method" value="delete">"#));
/// ```
pub fn button_to(text: impl Render, path: impl AsRef<str>, method: &str) -> Markup {
    let path = harmless(path.as_ref());
    let method = method.to_ascii_lowercase();
    html! {
        @if method == "get" {
            form class="button_to" method="get" action=(path) { button { (text) } }
        } @else {
            form class="button_to" method="post" action=(path) {
                (csrf::hidden_field())
                @if method != "post" { input type="hidden" name="_method" value=(method); }
                button { (text) }
            }
        }
    }
}

/// The messages that the previous page left for this one.
pub fn flash_messages(ctx: &Context) -> Markup {
    let messages = ctx.flash().messages();
    html! {
        @for (kind, text) in &messages {
            p class={ "flash flash-" (kind) } role=(if kind == "alert" { "alert" } else { "status" }) { (text) }
        }
    }
}

/// `path` unless it would run a script when somebody follows it.
fn harmless(path: &str) -> &str {
    // Browsers skip these letters before they look for a scheme.
    let start = path.trim_start_matches(|c: char| c.is_control() || c == ' ');
    let scheme_end = start.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.\t\r\n".contains(c)));
    let scheme = match scheme_end {
        Some(end) if start[end..].starts_with(':') => &start[..end],
        _ => return path,
    };
    let known = ["http", "https", "mailto", "tel"];
    match known.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        true => path,
        false => "#",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_run_scripts_lead_nowhere() {
        for path in [
            "/tasks",
            "tasks:1/x",
            "?a=b:c",
            "#x",
            "https://a.example/",
            "mailto:a@b.example",
            "/a:b",
        ] {
            let expected = if path == "tasks:1/x" { "#" } else { path };
            assert_eq!(harmless(path), expected);
        }
        for path in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}data:text/html,x",
            "vbscript:x",
        ] {
            assert_eq!(harmless(path), "#", "{path:?}");
        }
    }

    #[test]
    fn buttons_send_any_method() {
        let get = button_to("Go", "/x", "GET").into_string();
        assert_eq!(
            get,
            r#"<form class="button_to" method="get" action="/x"><button>Go</button></form>"#
        );
        assert!(
            !button_to("Go", "/x", "post")
                .into_string()
                .contains("_method")
        );
    }
}
