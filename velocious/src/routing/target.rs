//! Where links, forms and redirects lead: to a route, which the compiler has checked, or elsewhere, which somebody has
//! to say.

use std::fmt;

use super::{RoutePath, RouteUrl};

/// What a link or a form can lead to: the path or address of a route, or an [`external`] address.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no path of a route",
    label = "nobody has checked that this leads anywhere",
    note = "call the function of the route, as in `paths::tasks_path()`",
    note = "a file of `public/` is `RoutePath::raw(\"/manual.pdf\")`, another site `external(\"https://example.org\")`"
)]
pub trait LinkTarget {
    /// As it stands in `href` or `action`.
    fn address(&self) -> &str;
}

/// What `ctx.redirect` can lead to: the path of a route.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no path of a route",
    label = "nobody has checked that this leads anywhere",
    note = "call the function of the route, as in `paths::tasks_path()`",
    note = "a path that came with the request is checked by `ctx.local_path(…)`, another site is reached by `ctx.redirect_outside(…)`"
)]
pub trait RedirectTarget {
    /// As it stands in `Location`.
    fn path(&self) -> &str;
}

impl LinkTarget for RoutePath {
    fn address(&self) -> &str {
        self.as_str()
    }
}

impl LinkTarget for RouteUrl {
    fn address(&self) -> &str {
        self.as_str()
    }
}

impl LinkTarget for External {
    fn address(&self) -> &str {
        &self.0
    }
}

impl<T: LinkTarget + ?Sized> LinkTarget for &T {
    fn address(&self) -> &str {
        T::address(self)
    }
}

impl RedirectTarget for RoutePath {
    fn path(&self) -> &str {
        self.as_str()
    }
}

impl<T: RedirectTarget + ?Sized> RedirectTarget for &T {
    fn path(&self) -> &str {
        T::path(self)
    }
}

/// An address that is no route of the application; see [`external`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External(String);

/// An address that is no route of the application: another site, a `mailto:`, something a user has typed.
///
/// What would run as a script leads nowhere instead.
///
/// ```
/// use velocious::view::{external, link_to};
///
/// let link = link_to("Mail us", external("mailto:shop@example.org"));
/// assert_eq!(link.into_string(), r#"<a href="mailto:shop@example.org">Mail us</a>"#);
/// let link = link_to("Homepage", external("javascript:alert(1)"));
/// assert_eq!(link.into_string(), r##"<a href="#">Homepage</a>"##);
/// ```
pub fn external(address: impl AsRef<str>) -> External {
    External(harmless(address.as_ref()).to_owned())
}

impl fmt::Display for External {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `path` unless it would run a script when somebody follows it.
pub(crate) fn harmless(path: &str) -> &str {
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
}
