//! Headers that every answer carries unless its action has set them.

use actix_web::HttpRequest;
use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};

use super::state::RequestState;
use crate::controller::Response;

const CROSS_ORIGIN_OPENER_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-opener-policy");

/// What a page may load unless the application says otherwise: its own scripts, styles, images and fonts, in files.
/// It may be framed, and its forms sent, by this site alone.
pub(crate) const USUAL_POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

/// Adds what keeps browsers from guessing types, and from letting strangers frame, open or follow a page. What only
/// documents can be abused for is sent with documents only.
#[inline]
pub(crate) fn secure(headers: &mut HeaderMap, policy: &HeaderValue, request: &HttpRequest) {
    // There is no other value.
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !is_document(headers) {
        return;
    }
    let state = RequestState::existing(request);
    let nonce = state.as_ref().and_then(|state| state.nonce.get());
    match nonce.and_then(|nonce| with_nonce(policy, nonce)) {
        Some(policy) => add(headers, CONTENT_SECURITY_POLICY, &policy),
        None => add(headers, CONTENT_SECURITY_POLICY, policy),
    }
    add(
        headers,
        REFERRER_POLICY,
        &HeaderValue::from_static("strict-origin-when-cross-origin"),
    );
    add(
        headers,
        CROSS_ORIGIN_OPENER_POLICY,
        &HeaderValue::from_static("same-origin"),
    );
}

/// Says of what type an answer is that does not say it, and that text is UTF-8, so that no browser guesses.
#[inline]
pub(crate) fn name_type(response: &mut Response) {
    if let Some(kind) = response.headers_mut().get_mut(CONTENT_TYPE) {
        if let Some(named) = with_charset(kind.as_bytes()) {
            *kind = named;
        }
        return;
    }
    // What follows such an answer is no body.
    let is_empty = response.status().is_informational()
        || matches!(response.body().size(), BodySize::None | BodySize::Sized(0));
    if !is_empty {
        let unknown = HeaderValue::from_static("application/octet-stream");
        response.headers_mut().insert(CONTENT_TYPE, unknown);
    }
}

/// A type with the letters that it lacks; `None` when it says which ones there are, or is none of text.
fn with_charset(kind: &[u8]) -> Option<HeaderValue> {
    // What actix calls JSON is in half of all answers.
    if kind == b"application/json" {
        return Some(HeaderValue::from_static("application/json; charset=utf-8"));
    }
    if !lacks_charset(kind) {
        return None;
    }
    HeaderValue::from_bytes(&[kind, b"; charset=utf-8"].concat()).ok()
}

/// Whether a type is one of text, and says nothing of its letters.
fn lacks_charset(kind: &[u8]) -> bool {
    if kind.contains(&b';') {
        return false;
    }
    let starts = |prefix: &[u8]| {
        let start = kind.get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    // Events are UTF-8 whatever is said.
    (starts(b"text/") && !starts(b"text/event-stream"))
        || starts(b"application/json")
        || starts(b"application/javascript")
        || starts(b"application/xml")
        || starts(b"application/xhtml")
}

/// The policy that also lets scripts and styles of the page itself run that bear `nonce`.
fn with_nonce(policy: &HeaderValue, nonce: &str) -> Option<HeaderValue> {
    let policy = policy.to_str().ok()?;
    let mut directives: Vec<String> = policy
        .split(';')
        .map(|directive| directive.trim().to_owned())
        .filter(|directive| !directive.is_empty())
        .collect();
    let sources = |directives: &[String], name: &str| {
        let mut known = directives.iter();
        known.position(|directive| {
            let mut words = directive.split_ascii_whitespace();
            words
                .next()
                .is_some_and(|word| word.eq_ignore_ascii_case(name))
        })
    };
    for name in ["script-src", "style-src"] {
        let at = match sources(&directives, name) {
            Some(at) => at,
            None => {
                // Without a directive of its own the kind has the usual sources.
                let usual = sources(&directives, "default-src").map(|at| directives[at].clone());
                let usual = usual.as_deref().and_then(|usual| usual.split_once(' '));
                let Some((_, usual)) = usual else { continue };
                directives.push(format!("{name} {usual}"));
                directives.len() - 1
            }
        };
        if directives[at].ends_with(" 'none'") {
            let end = directives[at].len() - " 'none'".len();
            directives[at].truncate(end);
        }
        directives[at].push_str(&format!(" 'nonce-{nonce}'"));
    }
    HeaderValue::try_from(directives.join("; ")).ok()
}

/// Whether a policy lets a page load what has an address without a nonce. `directive` is `script-src` or `style-src`.
pub(crate) fn lets_in(policy: &HeaderValue, directive: &str, address: &str) -> bool {
    let policy = policy.to_str().unwrap_or_default();
    let sources = |name: &str| {
        policy.split(';').find_map(|directive| {
            let mut words = directive.split_ascii_whitespace();
            words.next()?.eq_ignore_ascii_case(name).then_some(words)
        })
    };
    let Some(sources) = sources(directive).or_else(|| sources("default-src")) else {
        return true;
    };
    let is_own = address.starts_with('/') && !address.starts_with("//");
    let mut found = false;
    for source in sources {
        // Then addresses do not count any more.
        if source.eq_ignore_ascii_case("'strict-dynamic'") {
            return false;
        }
        let rest = address.strip_prefix(source);
        found |= match is_own {
            true => source == "*" || source.eq_ignore_ascii_case("'self'"),
            false => {
                source == "*"
                    || rest.is_some_and(|rest| {
                        source.ends_with([':', '/']) || rest.starts_with(['/', '?', '#'])
                    })
            }
        };
    }
    found
}

pub(crate) fn add(headers: &mut HeaderMap, name: HeaderName, value: &HeaderValue) {
    if !headers.contains_key(&name) {
        headers.insert(name, value.clone());
    }
}

/// Whether a browser would run what is in the answer.
fn is_document(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes) else {
        return false;
    };
    let starts = |prefix: &[u8]| {
        kind.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    match kind.first().map(u8::to_ascii_lowercase) {
        Some(b't') => starts(b"text/html") || starts(b"text/xml"),
        Some(b'i') => starts(b"image/svg"),
        Some(b'a') => starts(b"application/xhtml") || starts(b"application/xml"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::BoxBody;
    use actix_web::http::StatusCode;
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_nonce_is_added_to_the_sources_of_scripts_and_styles() {
        for (policy, expected) in [
            (
                "default-src 'self'; object-src 'none'",
                "default-src 'self'; object-src 'none'; script-src 'self' 'nonce-x'; style-src 'self' 'nonce-x'",
            ),
            (
                "script-src https://a.example; style-src 'none'",
                "script-src https://a.example 'nonce-x'; style-src 'nonce-x'",
            ),
            // Where everything may run a nonce would forbid the rest.
            ("frame-ancestors 'self'", "frame-ancestors 'self'"),
        ] {
            let policy = with_nonce(&HeaderValue::from_static(policy), "x");
            assert_eq!(policy, Some(HeaderValue::from_static(expected)));
        }
    }

    #[test]
    fn addresses_are_let_in_by_the_policy() {
        let cdn = "script-src 'self' https://cdn.example; default-src 'none'";
        for (policy, address, expected) in [
            (USUAL_POLICY, "/a.js", true),
            (USUAL_POLICY, "https://cdn.example/a.js", false),
            (USUAL_POLICY, "//cdn.example/a.js", false),
            (cdn, "/a.js", true),
            (cdn, "https://cdn.example/a.js", true),
            (cdn, "https://cdn.example.evil.example/a.js", false),
            ("default-src https:", "https://cdn.example/a.js", true),
            ("default-src https:", "/a.js", false),
            ("default-src *", "/a.js", true),
            ("default-src 'none'", "/a.js", false),
            ("script-src 'strict-dynamic' 'self'", "/a.js", false),
            ("frame-ancestors 'self'", "/a.js", true),
        ] {
            let policy = HeaderValue::from_static(policy);
            let found = lets_in(&policy, "script-src", address);
            assert_eq!(found, expected, "{policy:?} {address}");
        }
        let policy = HeaderValue::from_static(cdn);
        assert!(!lets_in(&policy, "style-src", "/a.css"));
    }

    fn secured(kind: &'static str, set: &[(&'static str, &'static str)]) -> Vec<String> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        for (name, value) in set {
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        let request = TestRequest::default().to_http_request();
        secure(
            &mut headers,
            &HeaderValue::from_static(USUAL_POLICY),
            &request,
        );
        let mut lines: Vec<String> = headers
            .iter()
            .filter(|(name, _)| *name != CONTENT_TYPE)
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default()))
            .collect();
        lines.sort();
        lines
    }

    #[test]
    fn documents_get_all_of_them() {
        for kind in ["text/html; charset=utf-8", "image/svg+xml", "TEXT/HTML"] {
            assert_eq!(
                secured(kind, &[]),
                [
                    &format!("content-security-policy: {USUAL_POLICY}"),
                    "cross-origin-opener-policy: same-origin",
                    "referrer-policy: strict-origin-when-cross-origin",
                    "x-content-type-options: nosniff",
                ]
            );
        }
        assert!(!USUAL_POLICY.contains("unsafe"));
    }

    #[test]
    fn data_gets_what_matters_to_it() {
        assert_eq!(
            secured("application/json", &[]),
            ["x-content-type-options: nosniff"]
        );
    }

    #[test]
    fn every_body_has_a_type() {
        let named = |mut response: Response| {
            name_type(&mut response);
            let kind = response.headers().get(CONTENT_TYPE);
            kind.map(|kind| kind.to_str().unwrap_or_default().to_owned())
        };
        let of = |kind: &'static str| named(Response::Ok().content_type(kind).body("x"));
        for (kind, expected) in [
            ("text/html", "text/html; charset=utf-8"),
            ("TEXT/CSV", "TEXT/CSV; charset=utf-8"),
            ("application/json", "application/json; charset=utf-8"),
            (
                "text/plain; charset=iso-8859-1",
                "text/plain; charset=iso-8859-1",
            ),
            ("text/event-stream", "text/event-stream"),
            ("image/png", "image/png"),
        ] {
            assert_eq!(of(kind).as_deref(), Some(expected));
        }
        let untyped = || Response::with_body(StatusCode::OK, BoxBody::new("x"));
        assert_eq!(
            named(untyped()).as_deref(),
            Some("application/octet-stream")
        );
        assert_eq!(named(Response::NoContent().finish()), None);
        let mut switching = untyped();
        *switching.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        assert_eq!(named(switching), None);
    }

    #[test]
    fn what_an_action_has_set_stays() {
        let lines = secured(
            "text/html",
            &[("content-security-policy", "default-src 'none'")],
        );
        assert!(
            lines.contains(&"content-security-policy: default-src 'none'".to_owned()),
            "{lines:?}"
        );
    }
}
