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
    let button = html! { button { (text) } };
    form(Some("button_to"), target.address(), method, button)
}

/// A form of your own, for a request with any method, such as `patch`. It has what lets it be known as one of this
/// application ([`Context::csrf_token`]). For a form that is about a record there is
/// [`form_for`](crate::view::form_for).
///
/// ```
/// use velocious::view::{form_to, html};
/// # mod paths {
/// #     use velocious::routing::RoutePath;
/// #     pub fn toggle_task_path(_: i64) -> RoutePath { RoutePath::raw("/tasks/7/toggle") }
/// # }
///
/// let form = form_to(paths::toggle_task_path(7), "patch", html! { button { "Done" } }).into_string();
/// assert!(form.starts_with(r#"<form method="post" action="/tasks/7/toggle">"#));
/// assert!(form.contains(r#"<input type="hidden" name="_method" value="patch">"#));
/// ```
pub fn form_to(target: impl LinkTarget, method: &str, content: Markup) -> Markup {
    form(None, target.address(), method, content)
}

fn form(class: Option<&str>, path: &str, method: &str, content: Markup) -> Markup {
    let path = harmless(path);
    let method = method.to_ascii_lowercase();
    html! {
        @if method == "get" {
            form class=[class] method="get" action=(path) { (content) }
        } @else {
            form class=[class] method="post" action=(path) {
                (csrf::hidden_field())
                @if method != "post" { input type="hidden" name="_method" value=(method); }
                (content)
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
