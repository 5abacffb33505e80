//! Paths and addresses of routes, as path functions build them.

use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};

use super::{PathSegment, query};
use crate::controller::Context;

/// The path of a route, with its parameters filled in: what a path function returns.
///
/// It is text wherever text is taken, and can have a query and a fragment added.
///
/// ```
/// use velocious::routing::RoutePath;
///
/// # fn tasks_path() -> RoutePath { velocious::__private::route_path("/tasks", &[]) }
/// let path = tasks_path().query(&[("page", 2)]).fragment("list");
/// assert_eq!(path, "/tasks?page=2#list");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoutePath(String);

/// The address of a route: its path on a host.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RouteUrl(String);

impl RoutePath {
    /// A path of this application that no route of `routes!` answers: a file of `public/`, something below a mount.
    /// Nobody checks that it is there. It begins with one slash, whatever `path` begins with, so that it leads to no
    /// other host.
    ///
    /// ```
    /// use velocious::routing::RoutePath;
    ///
    /// assert_eq!(RoutePath::raw("/manual.pdf"), "/manual.pdf");
    /// assert_eq!(RoutePath::raw("//evil.example"), "/evil.example");
    /// ```
    #[must_use]
    pub fn raw(path: impl AsRef<str>) -> Self {
        let path: String = path.as_ref().chars().filter(|c| !c.is_control()).collect();
        let path = path.replace('\\', "/");
        RoutePath(format!("/{}", path.trim_start().trim_start_matches('/')))
    }

    /// This path on a host: that of the request, or one given as `"https://shop.example"`.
    #[must_use]
    pub fn url(&self, origin: &(impl Origin + ?Sized)) -> RouteUrl {
        let origin = origin.origin();
        RouteUrl(format!("{}{}", origin.trim_end_matches('/'), self.0))
    }
}

/// Where an application is reached, as links need it that leave it: scheme, host and port.
///
/// A [`Context`] knows it from its request. Where there is none, as in a mail that a job sends, it is a text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say on which host this is",
    label = "not a `Context`, and no text",
    note = "give the context, as in `tasks_url(&ctx)`, or a text like `\"https://shop.example\"`"
)]
pub trait Origin {
    /// As in `https://shop.example`.
    fn origin(&self) -> String;
}

impl Origin for Context {
    fn origin(&self) -> String {
        self.url("")
    }
}

impl Origin for str {
    fn origin(&self) -> String {
        self.to_owned()
    }
}

impl Origin for String {
    fn origin(&self) -> String {
        self.clone()
    }
}

impl<T: Origin + ?Sized> Origin for &T {
    fn origin(&self) -> String {
        T::origin(self)
    }
}

/// The path of `pattern` with `values` in the places of its parameters, in their order.
#[must_use]
pub fn route_path(pattern: &str, values: &[&dyn PathSegment]) -> RoutePath {
    let mut path = String::with_capacity(pattern.len() + 8 * values.len());
    let mut values = values.iter();
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once('{') {
        path.push_str(before);
        let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
        if let Some(value) = values.next() {
            match name.starts_with('*') {
                true => push_rest(*value, &mut path),
                false => value.push_to(&mut path),
            }
        }
        rest = after;
    }
    path.push_str(rest);
    RoutePath(path)
}

/// What stands for several segments keeps its slashes.
fn push_rest(value: &dyn PathSegment, path: &mut String) {
    let mut encoded = String::new();
    value.push_to(&mut encoded);
    path.push_str(&encoded.replace("%2F", "/"));
}

/// What both kinds have in common: a query, a fragment, and being text.
macro_rules! text {
    ($($type:ident)*) => {
        $(
            impl $type {
                /// With the values of `query` behind it: pairs, as in `&[("page", 2)]`, or a struct that is `Serialize`.
                ///
                /// What is `None` is left out, what is nested is called as [`Params`](crate::Params) reads it:
                /// `filter[state]=open`, `tags[]=a`.
                #[must_use]
                pub fn query<Q: Serialize + ?Sized>(mut self, query: &Q) -> Self {
                    let fragment = self.0.find('#').map(|at| self.0.split_off(at));
                    query::append(&mut self.0, query);
                    self.0.extend(fragment);
                    self
                }

                /// With a fragment: the id of the element that a browser shows first.
                #[must_use]
                pub fn fragment(mut self, id: impl AsRef<str>) -> Self {
                    if let Some(at) = self.0.find('#') {
                        self.0.truncate(at);
                    }
                    self.0.push('#');
                    id.as_ref().push_to(&mut self.0);
                    self
                }

                /// As text.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl Deref for $type {
                type Target = str;

                fn deref(&self) -> &str {
                    &self.0
                }
            }

            impl AsRef<str> for $type {
                fn as_ref(&self) -> &str {
                    &self.0
                }
            }

            impl From<$type> for String {
                fn from(text: $type) -> String {
                    text.0
                }
            }

            impl PartialEq<str> for $type {
                fn eq(&self, other: &str) -> bool {
                    self.0 == other
                }
            }

            impl PartialEq<&str> for $type {
                fn eq(&self, other: &&str) -> bool {
                    self.0 == *other
                }
            }

            impl PartialEq<String> for $type {
                fn eq(&self, other: &String) -> bool {
                    self.0 == *other
                }
            }

            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_str(&self.0)
                }
            }

            impl fmt::Display for $type {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(&self.0)
                }
            }

            impl fmt::Debug for $type {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Debug::fmt(&self.0, f)
                }
            }
        )*
    };
}

text!(RoutePath RouteUrl);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_filled_in_in_their_order() {
        assert_eq!(route_path("/", &[]), "/");
        assert_eq!(
            route_path("/projects/{project_id}/tasks/{id}/edit", &[&1, &"a/b"]),
            "/projects/1/tasks/a%2Fb/edit"
        );
        assert_eq!(
            route_path("/files/{*rest}", &[&"a b/c%2F.txt"]),
            "/files/a%20b/c%252F.txt"
        );
    }

    #[test]
    fn an_address_is_a_path_on_a_host() {
        let path = route_path("/tasks/{id}", &[&7]);
        let expected = "https://shop.example/tasks/7?a=1#x";
        let url = path.url("https://shop.example/");
        assert_eq!(url.query(&[("a", 1)]).fragment("x"), expected);
        let path = path.fragment("x").query(&[("a", 1)]);
        assert_eq!(path.url(&String::from("https://shop.example")), expected);
    }

    #[test]
    fn a_fragment_replaces_the_one_before() {
        let path = route_path("/tasks", &[]).fragment("a b").fragment("c");
        assert_eq!(path, "/tasks#c");
    }
}
