//! What a request asks of a file: only if it has changed, only if it has not, only a part of it.

use std::time::SystemTime;

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{
    HeaderName, HttpDate, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE,
    IF_UNMODIFIED_SINCE, RANGE,
};

/// The conditions of a request.
pub(crate) struct Conditions {
    method: Method,
    if_match: Option<String>,
    if_none_match: Option<String>,
    if_modified_since: Option<SystemTime>,
    if_unmodified_since: Option<SystemTime>,
    if_range: Option<String>,
    range: Option<String>,
}

/// What is known of a file, or of one of its encodings.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    /// A strong one: other bytes have another.
    pub(crate) etag: String,
    pub(crate) modified: Option<SystemTime>,
    pub(crate) length: u64,
}

/// What becomes of a request for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The file is not what the request takes it for.
    Failed,
    /// The browser has it.
    Current,
    Whole,
    /// From one byte to another, both included.
    Part(u64, u64),
    /// A range that is not in the file.
    Unsatisfiable,
}

impl Conditions {
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let text = |name: HeaderName| {
            let mut values = request.headers().get_all(name);
            let first = values.next()?.to_str().ok()?.to_owned();
            // A list may be sent in several lines.
            let rest = values.filter_map(|value| value.to_str().ok());
            Some(rest.fold(first, |list, value| list + ", " + value))
        };
        Conditions {
            method: request.method().clone(),
            if_match: text(IF_MATCH),
            if_none_match: text(IF_NONE_MATCH),
            if_modified_since: text(IF_MODIFIED_SINCE).and_then(|text| date(&text)),
            if_unmodified_since: text(IF_UNMODIFIED_SINCE).and_then(|text| date(&text)),
            if_range: text(IF_RANGE),
            range: text(RANGE),
        }
    }

    /// In the order of RFC 9110, section 13.2.2.
    pub(crate) fn outcome(&self, version: &Version) -> Outcome {
        if self.is_failed(version) {
            return Outcome::Failed;
        }
        if !matches!(self.method, Method::GET | Method::HEAD) {
            return Outcome::Whole;
        }
        if self.is_current(version) {
            return Outcome::Current;
        }
        match &self.range {
            Some(range) if self.method == Method::GET && self.is_same(version) => {
                part(range, version.length)
            }
            _ => Outcome::Whole,
        }
    }

    fn is_failed(&self, version: &Version) -> bool {
        if let Some(tags) = &self.if_match {
            let mut tags = tags.split(',').map(str::trim);
            return !tags.any(|tag| tag == "*" || tag == version.etag);
        }
        match (self.if_unmodified_since, version.modified) {
            (Some(since), Some(modified)) => !is_unchanged(modified, since),
            _ => false,
        }
    }

    /// Whether the browser has this very version, or one that means the same.
    fn is_current(&self, version: &Version) -> bool {
        match (
            &self.if_none_match,
            self.if_modified_since,
            version.modified,
        ) {
            (Some(tags), ..) => tags
                .split(',')
                .map(|tag| tag.trim().trim_start_matches("W/"))
                .any(|tag| tag == "*" || tag == version.etag),
            (None, Some(since), Some(modified)) => is_unchanged(modified, since),
            _ => false,
        }
    }

    /// Whether the range is one of this very version.
    fn is_same(&self, version: &Version) -> bool {
        let Some(known) = self.if_range.as_deref().map(str::trim) else {
            return true;
        };
        let modified = version
            .modified
            .map(|time| HttpDate::from(time).to_string());
        known == version.etag || modified.is_some_and(|modified| modified == known)
    }
}

/// Whether a file of one time is no newer than another time, of which a header knows whole seconds only.
fn is_unchanged(modified: SystemTime, since: SystemTime) -> bool {
    match modified.duration_since(since) {
        Ok(age) => age.as_secs() == 0,
        Err(_) => true,
    }
}

fn date(text: &str) -> Option<SystemTime> {
    text.parse::<HttpDate>().ok().map(SystemTime::from)
}

/// The part of a file that the header `Range` names. Several parts, and what is no range, are all of it.
fn part(range: &str, length: u64) -> Outcome {
    let Some((start, end)) = range
        .trim()
        .strip_prefix("bytes=")
        .and_then(|bounds| bounds.trim().split_once('-'))
    else {
        return Outcome::Whole;
    };
    let number = |text: &str| text.trim().parse::<u64>();
    match (number(start), number(end)) {
        _ if start.is_empty() && number(end) == Ok(0) => Outcome::Unsatisfiable,
        (Err(_), Ok(count)) if start.is_empty() && length > 0 => {
            Outcome::Part(length.saturating_sub(count), length - 1)
        }
        (Err(_), Ok(_)) if start.is_empty() => Outcome::Unsatisfiable,
        (Ok(start), Ok(end)) if start > end => Outcome::Whole,
        (Ok(start), Ok(_)) if start >= length => Outcome::Unsatisfiable,
        (Ok(start), Ok(end)) => Outcome::Part(start, end.min(length - 1)),
        (Ok(start), Err(_)) if end.trim().is_empty() => match start >= length {
            true => Outcome::Unsatisfiable,
            false => Outcome::Part(start, length - 1),
        },
        _ => Outcome::Whole,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use actix_web::http::header::HeaderValue;
    use actix_web::test::TestRequest;

    use super::*;
    use crate::mutation;

    #[test]
    fn ranges_are_parts_of_the_file() {
        for (range, length, outcome) in [
            ("bytes=0-9", 100, Outcome::Part(0, 9)),
            ("bytes=90-", 100, Outcome::Part(90, 99)),
            ("bytes=90-200", 100, Outcome::Part(90, 99)),
            ("bytes=-10", 100, Outcome::Part(90, 99)),
            ("bytes=-200", 100, Outcome::Part(0, 99)),
            ("bytes=100-", 100, Outcome::Unsatisfiable),
            ("bytes=100-200", 100, Outcome::Unsatisfiable),
            ("bytes=-0", 100, Outcome::Unsatisfiable),
            ("bytes=-5", 0, Outcome::Unsatisfiable),
            ("bytes=0-", 0, Outcome::Unsatisfiable),
            ("bytes=9-0", 100, Outcome::Whole),
            ("bytes=0-1,5-6", 100, Outcome::Whole),
            ("bytes=a-b", 100, Outcome::Whole),
            ("bytes=-", 100, Outcome::Whole),
            ("lines=0-9", 100, Outcome::Whole),
            ("bytes=0-99999999999999999999", 100, Outcome::Whole),
        ] {
            assert_eq!(part(range, length), outcome, "{range} of {length}");
        }
    }

    fn outcome(method: Method, headers: &[(&str, &str)]) -> Outcome {
        // Half a second after the Unix second 784111777, as in the RFC.
        let modified = SystemTime::UNIX_EPOCH + Duration::from_millis(784_111_777_500);
        let version = Version {
            etag: "\"a\"".into(),
            modified: Some(modified),
            length: 100,
        };
        let mut request = TestRequest::default().method(method);
        for (name, value) in headers {
            request = request.append_header((*name, *value));
        }
        Conditions::of(&request.to_http_request()).outcome(&version)
    }

    const SAME: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const BEFORE: &str = "Sun, 06 Nov 1994 08:49:36 GMT";
    const AFTER: &str = "Sun, 06 Nov 1994 08:49:38 GMT";

    #[test]
    fn conditions_have_their_order() {
        use Outcome::{Current, Failed, Part, Whole};

        let range = ("range", "bytes=0-9");
        for (headers, expected) in [
            (&[][..], Whole),
            (&[("if-none-match", "\"a\"")], Current),
            (&[("if-none-match", "W/\"a\"")], Current),
            (&[("if-none-match", "\"b\", \"a\"")], Current),
            (
                &[("if-none-match", "\"b\""), ("if-none-match", "\"a\"")],
                Current,
            ),
            (&[("if-none-match", "*")], Current),
            (&[("if-none-match", "\"b\"")], Whole),
            (&[("if-modified-since", SAME)], Current),
            (&[("if-modified-since", AFTER)], Current),
            (&[("if-modified-since", BEFORE)], Whole),
            (&[("if-modified-since", "yesterday")], Whole),
            // A tag knows better than a date.
            (
                &[("if-none-match", "\"b\""), ("if-modified-since", AFTER)],
                Whole,
            ),
            (
                &[("if-none-match", "\"a\""), ("if-modified-since", BEFORE)],
                Current,
            ),
            (&[("if-match", "\"a\"")], Whole),
            (&[("if-match", "*")], Whole),
            (&[("if-match", "\"b\"")], Failed),
            (&[("if-match", "W/\"a\"")], Failed),
            (&[("if-match", "\"b\""), ("if-none-match", "\"a\"")], Failed),
            (&[("if-unmodified-since", SAME)], Whole),
            (&[("if-unmodified-since", BEFORE)], Failed),
            (
                &[("if-match", "\"a\""), ("if-unmodified-since", BEFORE)],
                Whole,
            ),
            (&[range], Part(0, 9)),
            (&[range, ("if-none-match", "\"a\"")], Current),
            (&[range, ("if-range", "\"a\"")], Part(0, 9)),
            (&[range, ("if-range", "\"b\"")], Whole),
            (&[range, ("if-range", "W/\"a\"")], Whole),
            (&[range, ("if-range", SAME)], Part(0, 9)),
            (&[range, ("if-range", AFTER)], Whole),
            (&[range, ("if-range", BEFORE)], Whole),
            (&[("range", "bytes=200-")], Outcome::Unsatisfiable),
            (&[("range", "bytes=200-"), ("if-range", "\"b\"")], Whole),
        ] {
            assert_eq!(outcome(Method::GET, headers), expected, "{headers:?}");
        }
        assert_eq!(outcome(Method::HEAD, &[range]), Whole);
        assert_eq!(
            outcome(Method::HEAD, &[("if-none-match", "\"a\"")]),
            Current
        );
        assert_eq!(outcome(Method::POST, &[("if-none-match", "\"a\"")]), Whole);
    }

    #[test]
    fn the_header_range_withstands_any_bytes() {
        let examples = ["bytes=0-99", "bytes=-5", "bytes=7-", "bytes=0-1,5-6"];
        let words = [
            "bytes=",
            "-",
            ",",
            "0",
            "18446744073709551615",
            "99999999999999999999",
            " ",
            "+1",
        ];
        let parse = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            for length in [0, 1, 10, u64::MAX] {
                if let Outcome::Part(start, end) = part(&text, length) {
                    assert!(start <= end && end < length, "{start}-{end} of {length}");
                }
            }
        };
        mutation::withstands(&examples, &words, parse);
        for worst in ["0-1,", "-", "9", "\u{fc}", "\"", "bytes="] {
            mutation::is_linear(
                |length| format!("bytes={}", worst.repeat(length / worst.len())).into_bytes(),
                parse,
            );
        }
    }

    #[test]
    fn conditions_withstand_any_bytes() {
        let version = Version {
            etag: "\"a\"".into(),
            modified: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)),
            length: 100,
        };
        let parse = |bytes: &[u8]| {
            let Ok(value) = HeaderValue::from_bytes(bytes) else {
                return;
            };
            let conditional = [IF_MATCH, IF_NONE_MATCH, IF_RANGE];
            for name in conditional
                .into_iter()
                .chain([IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE])
            {
                let request = TestRequest::default()
                    .insert_header((RANGE, "bytes=0-9"))
                    .insert_header((name.clone(), value.clone()))
                    .to_http_request();
                let outcome = Conditions::of(&request).outcome(&version);
                // Nobody is told that they have the file who has not named it or a time.
                let is_tag = bytes.windows(3).any(|text| text == version.etag.as_bytes())
                    || bytes.contains(&b'*');
                assert!(
                    name != IF_NONE_MATCH || is_tag || outcome == Outcome::Part(0, 9),
                    "{outcome:?}"
                );
            }
        };
        let examples = ["W/\"a\", \"b\"", "*", SAME];
        let words = [
            ",", "\"", "W/", "*", "\"a\"", "GMT", ":", "99", "0000", "Feb", "31", " ",
        ];
        mutation::withstands(&examples, &words, parse);
        for worst in ["\"b\",", ",", "W/", "\"", "9", " "] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }
}
