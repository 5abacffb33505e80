//! The usual tags.

use maud::{Markup, Render, html};

use crate::controller::Context;
use crate::http::csrf;
use crate::routing::{LinkTarget, target::harmless};

/// A link to a path of the application's routes, or to an [`external`](crate::view::external) address. A text is none:
/// it would not be found out when the route goes away.
///
/// ```
/// use velocious::view::link_to;
/// # mod paths {
/// #     use velocious::routing::RoutePath;
/// #     pub fn tasks_path() -> RoutePath { RoutePath::raw("/tasks") }
/// # }
///
/// let link = link_to("A & B", paths::tasks_path().query(&[("a", 1), ("b", 2)]));
/// assert_eq!(link.into_string(), r#"<a href="/tasks?a=1&amp;b=2">A &amp; B</a>"#);
/// ```
pub fn link_to(text: impl Render, target: impl LinkTarget) -> Markup {
    html! { a href=(harmless(target.address())) { (text) } }
}

/// A button that sends a request with a method of its own, such as `delete`.
///
/// ```
/// use velocious::view::button_to;
/// # mod paths {
/// #     use velocious::routing::RoutePath;
/// #     pub fn task_path(_: i64) -> RoutePath { RoutePath::raw("/tasks/7") }
/// # }
///
/// let button = button_to("Delete", paths::task_path(7), "delete").into_string();
/// assert!(button.starts_with(r#"<form class="button_to" method="post" action="/tasks/7">"#));
/// assert!(button.contains(r#"<input type="hidden" name="_method" value="delete">"#));
/// ```
pub fn button_to(text: impl Render, target: impl LinkTarget, method: &str) -> Markup {
    let path = harmless(target.address());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routing::RoutePath;

    #[test]
    fn buttons_send_any_method() {
        let get = button_to("Go", RoutePath::raw("/x"), "GET").into_string();
        assert_eq!(
            get,
            r#"<form class="button_to" method="get" action="/x"><button>Go</button></form>"#
        );
        assert!(
            !button_to("Go", RoutePath::raw("/x"), "post")
                .into_string()
                .contains("_method")
        );
    }
}
