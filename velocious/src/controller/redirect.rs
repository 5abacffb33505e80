//! Answers that send the browser somewhere else than [`Context::redirect`], and which addresses are this application's own.

use actix_web::http::header::{HeaderValue, LOCATION, REFERER};
use actix_web::http::{Method, StatusCode};
use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::{Context, Response};
use crate::routing::router::Lookup;
use crate::routing::{RedirectTarget, RoutePath};
use crate::{Error, Result};

/// Redirects.
impl Context {
    /// A path that came with the request, such as where somebody wanted to go who had to sign in first: if it is one of
    /// this application, and a route answers it when it is asked for with GET. A query and a fragment may be behind it.
    ///
    /// ```
    /// use velocious::prelude::*;
    /// # mod paths {
    /// #     use velocious::routing::RoutePath;
    /// #     pub fn root_path() -> RoutePath { RoutePath::raw("/") }
    /// # }
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Wanted {
    ///     back_to: Option<String>,
    /// }
    ///
    /// async fn sign_in(ctx: Context, Params(wanted): Params<Wanted>) -> Result<Response> {
    ///     let path = wanted.back_to.and_then(|path| ctx.local_path(path));
    ///     ctx.redirect(path.unwrap_or_else(paths::root_path))
    /// }
    /// # let _ = sign_in;
    /// ```
    pub fn local_path(&self, path: impl AsRef<str>) -> Option<RoutePath> {
        let path = path.as_ref();
        let end = path.find(['?', '#']).unwrap_or(path.len());
        let found = self.app().router().find(&Method::GET, &path[..end]);
        let leads = is_local(path) && matches!(found, Lookup::Route(_));
        leads.then(|| RoutePath::raw(path))
    }

    /// Sends the browser back to the page that it comes from, if that is one of this application
    /// ([`local_path`](Self::local_path)), else to `fallback`.
    ///
    /// # Errors
    /// As [`redirect`](Self::redirect).
    pub fn redirect_back(&self, fallback: impl RedirectTarget) -> Result<Response> {
        let value = self.request().headers().get(REFERER);
        let page = value.and_then(|value| value.to_str().ok());
        let host_and_path = page.and_then(|page| page.split_once("://"));
        let path = host_and_path.and_then(|(_, rest)| rest.strip_prefix(self.host()));
        match path.and_then(|path| self.local_path(path)) {
            Some(path) => self.redirect(path),
            None => self.redirect(fallback),
        }
    }

    /// Sends the browser to `address` if that leads to no other host, else to `fallback`: for an address that came with the
    /// request, as in `?next=/tasks`, which anybody may have written. Whether there is such a page is not looked at; see
    /// [`local_path`](Self::local_path).
    ///
    /// ```
    /// use velocious::{Context, Response, Result};
    ///
    /// # mod paths {
    /// #     use velocious::routing::RoutePath;
    /// #     pub fn root_path() -> RoutePath { RoutePath::raw("/") }
    /// # }
    /// async fn signed_in(ctx: &Context, next: Option<&str>) -> Result<Response> {
    ///     ctx.redirect_or(next.unwrap_or_default(), paths::root_path())
    /// }
    /// # let _ = signed_in;
    /// ```
    ///
    /// # Errors
    /// When `fallback` leads to another host.
    pub fn redirect_or(
        &self,
        address: impl AsRef<str>,
        fallback: impl RedirectTarget,
    ) -> Result<Response> {
        match is_local(address.as_ref()) {
            true => self.redirect_outside(address),
            false => self.redirect(fallback),
        }
    }

    /// Sends the browser to any address. Letters that no header can have, but for controls, are percent-encoded.
    ///
    /// # Errors
    /// When the address has control characters in it.
    pub fn redirect_outside(&self, address: impl AsRef<str>) -> Result<Response> {
        let status = match self.request().method().is_safe() {
            true => StatusCode::FOUND,
            false => StatusCode::SEE_OTHER,
        };
        let mut response = Response::new(status);
        let address = address.as_ref();
        if address.contains(char::is_control) {
            return Err(Error::message(format!(
                "a redirect leads to an address, and `{}` has control characters in it",
                address.escape_debug()
            )));
        }
        let address = utf8_percent_encode(address, UNFIT);
        let location = HeaderValue::from_str(&address.to_string())?;
        response.headers_mut().insert(LOCATION, location);
        Ok(response)
    }
}

/// What an address cannot hold as it is, besides controls and all that is not ASCII.
const UNFIT: &AsciiSet = &AsciiSet::EMPTY.add(b' ').add(b'"').add(b'<').add(b'>');

/// Whether a browser stays on this host when it is sent to `path`.
///
/// Browsers take `\` for `/`, and drop tabs and line breaks before they look.
pub(super) fn is_local(path: &str) -> bool {
    let mut letters = path.chars();
    letters.next() == Some('/')
        && !matches!(letters.next(), Some('/' | '\\'))
        && !path.chars().any(|c| c.is_control() || c == '\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutation;

    #[test]
    fn only_paths_of_this_host_are_local() {
        for path in ["/", "/tasks", "/tasks?next=//evil.example", "/a/b#c"] {
            assert!(is_local(path), "{path}");
        }
        for path in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "tasks",
            "\t//evil.example",
            "/\t/evil.example",
            "/tasks\r\nX: y",
            "\\\\evil.example",
            "javascript:alert(1)",
            "/a\\b",
        ] {
            assert!(!is_local(path), "{path:?}");
        }
    }

    #[test]
    fn a_path_to_go_back_to_withstands_any_bytes() {
        let parse = |bytes: &[u8]| {
            let path = String::from_utf8_lossy(bytes);
            if is_local(&path) {
                // What a browser makes of it.
                let path = path.replace(['\t', '\r', '\n'], "").replace('\\', "/");
                let path = path.trim_start_matches(|c: char| c <= ' ');
                assert!(path.starts_with('/'), "{path:?}");
                assert!(!path.starts_with("//"), "{path:?}");
            }
        };
        let examples = ["/tasks?next=//evil.example", "https://evil.example/a", "/a"];
        let words = [
            "/", "//", "\\", "\t", "\r\n", ":", "@", " ", "\0", "\u{2028}", "%2f",
        ];
        mutation::withstands(&examples, &words, parse);
        for worst in ["/", "\\", "/a", "\u{fc}"] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }
}
