//! What kind of answer a request asks for.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::{Locale, locale};

/// Whether a request asks for JSON more than for HTML.
///
/// The header `Accept` decides by its q-values; of two that are equal the first wins. When it says nothing, a request
/// that sends JSON gets JSON, every other one HTML.
pub(crate) fn wants_json(request: &HttpRequest) -> bool {
    let text = |name| {
        let value = request.headers().get(name)?;
        value.to_str().ok()
    };
    match text(header::ACCEPT).and_then(prefers_json) {
        Some(json) => json,
        None => text(header::CONTENT_TYPE).is_some_and(|kind| is_json(essence(kind))),
    }
}

/// Which of `kinds` a request asks for most, by its header `Accept`; `None` when it takes none of them. Of two that are
/// equal the one that is named first wins, and then the first of `kinds`; whoever sends JSON gets JSON.
pub(crate) fn choose(request: &HttpRequest, kinds: &[&str]) -> Option<usize> {
    let text = |name| {
        let value = request.headers().get(name)?;
        value.to_str().ok()
    };
    let accept = text(header::ACCEPT).filter(|accept| !accept.trim().is_empty());
    let accept = accept.unwrap_or("*/*");
    let sends_json = text(header::CONTENT_TYPE).is_some_and(|kind| is_json(essence(kind)));
    let welcome = kinds.iter().enumerate().filter_map(|(index, kind)| {
        let mut best = Best::default();
        for (position, range) in accept.split(',').enumerate() {
            if let Some(specific) = covers(essence(range), kind) {
                best.offer(quality(range), specific, position);
            }
        }
        let unlike = sends_json != is_json(kind);
        let order = (u16::MAX - best.quality, best.position, unlike, index);
        (best.quality > 0).then_some((order, index))
    });
    welcome.min().map(|(_, index)| index)
}

/// The available language that a request asks for most, by its header `Accept-Language`; of two that are equal the one that
/// is named first. When it names none, the application's own.
pub(crate) fn preferred_locale(request: &HttpRequest) -> Locale {
    let value = request.headers().get(header::ACCEPT_LANGUAGE);
    let text = value.and_then(|value| value.to_str().ok());
    let ranges = text.unwrap_or_default().split(',').enumerate();
    let found = ranges.filter_map(|(position, range)| {
        let quality = quality(range);
        let locale = match essence(range) {
            "*" => locale::available().into_iter().next(),
            name => locale::find(name),
        };
        Some((
            (u16::MAX - quality, position),
            locale.filter(|_| quality > 0)?,
        ))
    });
    let best = found.min_by_key(|(order, _)| *order);
    best.map(|(_, locale)| locale)
        .or_else(|| locale::available().into_iter().next())
        .unwrap_or_else(locale::locale)
}

/// How particularly a range means `kind`, if it does.
fn covers(range: &str, kind: &str) -> Option<u8> {
    let is_html = |kind: &str| {
        kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
    };
    let alike = range.eq_ignore_ascii_case(kind)
        || (is_json(range) && is_json(kind))
        || (is_html(range) && is_html(kind));
    if alike {
        return Some(2);
    }
    let (family, rest) = range.split_once('/')?;
    let (own, _) = kind.split_once('/')?;
    match rest {
        "*" if family == "*" => Some(0),
        "*" if family.eq_ignore_ascii_case(own) => Some(1),
        _ => None,
    }
}

/// Whether JSON beats HTML; `None` when both are equally welcome without being named.
fn prefers_json(accept: &str) -> Option<bool> {
    let (mut json, mut html) = (Best::default(), Best::default());
    for (position, range) in accept.split(',').enumerate() {
        let kind = essence(range);
        let quality = quality(range);
        if is_json(kind) {
            json.offer(quality, 2, position);
        } else if kind.eq_ignore_ascii_case("text/html")
            || kind.eq_ignore_ascii_case("application/xhtml+xml")
        {
            html.offer(quality, 2, position);
        } else if kind.eq_ignore_ascii_case("application/*") {
            json.offer(quality, 1, position);
        } else if kind.eq_ignore_ascii_case("text/*") {
            html.offer(quality, 1, position);
        } else if kind == "*/*" {
            json.offer(quality, 0, position);
            html.offer(quality, 0, position);
        }
    }
    match (json.quality, html.quality) {
        (json, html) if json != html => Some(json > html),
        (0, 0) => None,
        _ if json.position != html.position => Some(json.position < html.position),
        _ => None,
    }
}

/// The most specific range that covers a kind, in thousandths.
#[derive(Default)]
struct Best {
    quality: u16,
    specific: u8,
    position: usize,
    found: bool,
}

impl Best {
    fn offer(&mut self, quality: u16, specific: u8, position: usize) {
        if !self.found || specific > self.specific {
            *self = Best {
                quality,
                specific,
                position,
                found: true,
            };
        }
    }
}

/// `application/json` of ` application/json; q=0.5`.
fn essence(range: &str) -> &str {
    range.split(';').next().unwrap_or_default().trim()
}

/// Whether a content type is JSON: `application/json`, or anything that ends with `+json`.
pub(crate) fn is_json(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind == "application/json" || kind.ends_with("+json")
}

/// The q-value of a range in thousandths.
pub(super) fn quality(range: &str) -> u16 {
    let q = range.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    let Some(q) = q else {
        return 1000;
    };
    let value: f32 = q.parse().unwrap_or(0.0);
    (value.clamp(0.0, 1.0) * 1000.0) as u16
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::mutation;

    #[test]
    fn accept_decides_by_its_q_values() {
        for (accept, json) in [
            ("application/json", true),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                false,
            ),
            ("application/json, text/plain, */*", true),
            ("text/html;q=0.5, application/json;q=0.9", true),
            ("text/html, application/json", false),
            ("application/json, text/html", true),
            ("application/json;q=0", false),
            ("application/vnd.api+json", true),
            ("*/*", false),
            ("application/*;q=0.9, text/*;q=0.1", true),
            ("text/*, application/json;q=0.1", false),
            ("image/png", false),
            ("", false),
        ] {
            let request = TestRequest::default()
                .insert_header(("accept", accept))
                .to_http_request();
            assert_eq!(wants_json(&request), json, "{accept}");
        }
    }

    #[test]
    fn the_best_of_several_kinds_is_chosen() {
        let kinds = ["text/html", "application/json", "text/csv"];
        for (accept, chosen) in [
            ("", Some(0)),
            ("*/*", Some(0)),
            ("application/json", Some(1)),
            ("application/vnd.api+json", Some(1)),
            ("text/csv;q=0.5, application/json;q=0.4", Some(2)),
            ("text/csv, text/html", Some(2)),
            ("text/*", Some(0)),
            ("text/*, text/html;q=0", Some(2)),
            ("text/*;q=0.1, */*;q=0.5", Some(1)),
            ("image/png", None),
            ("*/*;q=0", None),
            ("TEXT/CSV", Some(2)),
            ("nonsense", None),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                Some(0),
            ),
        ] {
            let request = TestRequest::default()
                .insert_header(("accept", accept))
                .to_http_request();
            assert_eq!(choose(&request, &kinds), chosen, "{accept}");
        }
        let request = TestRequest::default()
            .insert_header(("accept", "*/*"))
            .insert_header(("content-type", "application/json"))
            .to_http_request();
        assert_eq!(choose(&request, &kinds), Some(1));
        assert_eq!(choose(&TestRequest::default().to_http_request(), &[]), None);
    }

    #[test]
    fn whoever_sends_json_gets_json() {
        let request = TestRequest::default()
            .insert_header(("content-type", "application/json; charset=utf-8"));
        assert!(wants_json(&request.to_http_request()));
        assert!(!wants_json(&TestRequest::default().to_http_request()));
    }

    #[test]
    fn the_header_accept_withstands_any_bytes() {
        let kinds = ["text/html", "application/json", "text/csv"];
        let parse = |bytes: &[u8]| {
            let Ok(value) = header::HeaderValue::from_bytes(bytes) else {
                return;
            };
            let request = TestRequest::default()
                .insert_header((header::ACCEPT, value))
                .to_http_request();
            wants_json(&request);
            assert!(choose(&request, &kinds).is_none_or(|index| index < kinds.len()));
        };
        let examples = [
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "application/json; q=0.5, application/vnd.api+json;q=1.000, text/*",
        ];
        let words = [
            ",", ";", "q=", "q=1.0000", "q=-1", "/", "*/*", "+json", " ", "\t", "=", "\"",
        ];
        mutation::withstands(&examples, &words, parse);
        for worst in ["*/*,", ",", ";q=0.1", ";", "a/b;q=0.5,", "+json,", "/"] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }

    #[test]
    fn the_header_accept_language_withstands_any_bytes() {
        let parse = |bytes: &[u8]| {
            let Ok(value) = header::HeaderValue::from_bytes(bytes) else {
                return;
            };
            let request = TestRequest::default()
                .insert_header((header::ACCEPT_LANGUAGE, value))
                .to_http_request();
            let locale = preferred_locale(&request);
            let available = locale::available();
            assert!(
                available.is_empty() || available.contains(&locale),
                "{locale:?} is not one of the application's"
            );
        };
        let examples = ["da, en-gb;q=0.8, en;q=0.7", "zh-Hant-TW, *;q=0.1"];
        let words = [
            ",", ";", "q=", "q=NaN", "q=-1", "*", "-", "en", "en-", " ", "_", "=",
        ];
        mutation::withstands(&examples, &words, parse);
        for worst in ["en,", ",", "-", "en-", ";q=0.1", "*,"] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }
}
