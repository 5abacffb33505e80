//! What is checked before a request is routed: its size, its address, and where it was sent from.

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, HeaderName, ORIGIN};
use percent_encoding::percent_decode_str;

use super::cors::Cors;
use crate::config::ServerConfig;
use crate::controller::is_well_formed;
use crate::{Error, Result};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Who sent a request, as far as its headers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sender {
    /// A page of this application, the user's own hand, or anybody who only wants to look.
    Known,
    /// Something that changes something and does not say where it comes from.
    Silent,
    /// A page of another origin that the application shares itself with.
    Shared,
}

/// Refuses a request whose head is longer than it may be.
///
/// # Errors
/// 414 for the address, 431 for the headers.
#[inline]
pub(crate) fn check_size(request: &HttpRequest, server: &ServerConfig) -> Result<()> {
    let address = request.uri().path_and_query();
    if address.is_some_and(|address| address.as_str().len() > server.address_limit) {
        let message = format!("The address is longer than {} bytes.", server.address_limit);
        return Err(Error::http(414, message));
    }
    // As they were sent, with `: ` and the end of the line.
    let lines = request.headers().iter();
    let length: usize = lines
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    if length > server.header_limit {
        let message = format!("The headers are longer than {} bytes.", server.header_limit);
        return Err(Error::http(431, message));
    }
    Ok(())
}

/// Refuses what no action should see.
///
/// # Errors
/// 400 for an address that is no text, 403 for a form that a page of another site sent.
#[inline]
pub(crate) fn check(
    request: &HttpRequest,
    trusted_origins: &[String],
    cors: Option<&Cors>,
) -> Result<Sender> {
    let address = request
        .uri()
        .path_and_query()
        .map_or("", |address| address.as_str());
    if address.contains('%') && !is_text(address) {
        return Err(Error::http(
            400,
            "The address is malformed: it has to be percent-encoded UTF-8.",
        ));
    }
    if request.method().is_safe() {
        return Ok(Sender::Known);
    }
    if let Some(sender) = sender(request, trusted_origins) {
        return Ok(sender);
    }
    match cors.map_or(Ok(false), |cors| cors.admits(request))? {
        true => Ok(Sender::Shared),
        false => Err(foreign()),
    }
}

/// The answer to what a page of another site sends.
pub(super) fn foreign() -> Error {
    Error::http(
        403,
        "The form was sent by a page of another site. Open the page here and try again.",
    )
}

/// Whether every `%` is followed by two hexadecimal digits, and what they stand for is UTF-8.
fn is_text(address: &str) -> bool {
    is_well_formed(address.as_bytes()) && percent_decode_str(address).decode_utf8().is_ok()
}

/// Who sent a request that changes something; `None` for a page of another site.
///
/// Browsers say it in `Sec-Fetch-Site`, older ones in `Origin`; neither can be set by a page.
fn sender(request: &HttpRequest, trusted_origins: &[String]) -> Option<Sender> {
    let header = |name| {
        let value: &actix_web::http::header::HeaderValue = request.headers().get(name)?;
        Some(value.to_str().unwrap_or("unreadable"))
    };
    let origin = header(ORIGIN);
    let trusted = origin.is_some_and(|origin| {
        let known = trusted_origins.iter();
        known
            .into_iter()
            .any(|known| known.eq_ignore_ascii_case(origin))
    });
    match (header(SEC_FETCH_SITE), origin) {
        _ if trusted => Some(Sender::Known),
        (Some("same-origin" | "none"), _) => Some(Sender::Known),
        (Some(_), _) => None,
        (None, None) => Some(Sender::Silent),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            let own = request
                .headers()
                .get(HOST)
                .and_then(|host| host.to_str().ok());
            let same = host
                .zip(own)
                .is_some_and(|(host, own)| host.eq_ignore_ascii_case(own));
            same.then_some(Sender::Known)
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::Method;
    use actix_web::http::header::HeaderValue;
    use actix_web::test::TestRequest;

    use super::*;
    use crate::mutation;

    fn status(method: Method, address: &str, headers: &[(&'static str, &'static str)]) -> u16 {
        let mut request = TestRequest::with_uri(address)
            .method(method)
            .insert_header(("host", "shop.example"));
        for header in headers {
            request = request.insert_header(*header);
        }
        let trusted = ["https://admin.example".to_owned()];
        check(&request.to_http_request(), &trusted, None)
            .map_or_else(|error| error.status(), |_| 200)
    }

    #[test]
    fn forms_of_other_sites_are_refused() {
        for (headers, expected) in [
            (&[][..], 200),
            (&[("sec-fetch-site", "same-origin")], 200),
            (&[("sec-fetch-site", "none")], 200),
            (&[("sec-fetch-site", "cross-site")], 403),
            (&[("sec-fetch-site", "same-site")], 403),
            (&[("origin", "https://shop.example")], 200),
            (&[("origin", "https://SHOP.example")], 200),
            (&[("origin", "https://shop.example:8080")], 403),
            (&[("origin", "https://shop.example.evil.example")], 403),
            (&[("origin", "null")], 403),
            (&[("origin", "")], 403),
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://shop.example"),
                ],
                403,
            ),
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://admin.example"),
                ],
                200,
            ),
        ] {
            for method in [Method::POST, Method::PATCH, Method::PUT, Method::DELETE] {
                assert_eq!(status(method, "/tasks", headers), expected, "{headers:?}");
            }
            assert_eq!(status(Method::GET, "/tasks", headers), 200, "{headers:?}");
        }
    }

    #[test]
    fn an_address_that_is_no_text_is_refused() {
        for (address, expected) in [
            ("/tasks/%C3%BC?a=%C3%BC", 200),
            ("/tasks?a=100%", 400),
            ("/tasks?a=%FF", 400),
            ("/tasks/%FF", 400),
            ("/tasks/%zz", 400),
            ("/tasks?a=%C3", 400),
        ] {
            assert_eq!(status(Method::GET, address, &[]), expected, "{address}");
        }
    }

    #[test]
    fn an_address_withstands_any_bytes() {
        let examples = ["/tasks/%C3%BC?a=%C3%BC", "/%00?%", "/a?b=c&d[]=+"];
        let words = ["%", "%C3", "%BC", "%ff", "?", "/", "&", "%zz", "%%"];
        let parse = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            if is_text(&text) {
                assert!(percent_decode_str(&text).decode_utf8().is_ok());
            }
        };
        mutation::withstands(&examples, &words, parse);
        for worst in ["%41", "%", "%C3%BC", "a"] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }

    #[test]
    fn a_sender_withstands_any_bytes() {
        let trusted = ["https://admin.example".to_owned()];
        let parse = |bytes: &[u8]| {
            let Ok(value) = HeaderValue::from_bytes(bytes) else {
                return;
            };
            let request = || TestRequest::default().insert_header((HOST, "shop.example"));
            let from = request().insert_header((ORIGIN, value.clone()));
            if sender(&from.to_http_request(), &trusted).is_some() {
                let origin = String::from_utf8_lossy(bytes).to_ascii_lowercase();
                let own = origin.split_once("://").map(|(_, host)| host);
                assert!(
                    own == Some("shop.example") || origin == trusted[0],
                    "{origin:?} may send forms"
                );
            }
            let from = request().insert_header((SEC_FETCH_SITE, value));
            assert_eq!(
                sender(&from.to_http_request(), &trusted).is_some(),
                [&b"same-origin"[..], b"none"].contains(&bytes)
            );
        };
        let examples = [
            "https://shop.example",
            "https://admin.example",
            "same-origin",
        ];
        let words = [
            "://",
            "https://",
            "shop.example",
            "@",
            ":",
            "/",
            "null",
            "none",
            "same-site",
            ".",
            "\u{fc}",
        ];
        mutation::withstands(&examples, &words, parse);
        for worst in ["https://", "a.", "shop.example"] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }
}
