//! The answer to a request.

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::web::Bytes;
use serde_json::Value;

/// The answer to a request of a test.
///
/// Assertions panic with the request, the status and the body, and can be chained.
#[derive(Clone, Debug)]
pub struct TestResponse {
    /// Method and path of the request.
    request: String,
    status: StatusCode,
    headers: Vec<(String, String)>,
    body: Bytes,
}

impl TestResponse {
    pub(super) fn new(
        request: String,
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Self {
        let headers = headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.to_string(), value)
        });
        TestResponse {
            request,
            status,
            headers: headers.collect(),
            body,
        }
    }

    /// The status, as in 200.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("expected JSON ({error}), but {}", self.summary()),
        }
    }

    /// The value of a header; the first of several.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers(name).next()
    }

    /// All values of a header.
    pub fn headers<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let name = name.to_ascii_lowercase();
        let named = self.headers.iter().filter(move |(known, _)| *known == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Whether the browser is sent elsewhere.
    pub(super) fn is_redirect(&self) -> bool {
        self.status.is_redirection() && self.header("location").is_some()
    }

    /// Where a redirect leads.
    ///
    /// # Panics
    /// When this is no redirect.
    #[track_caller]
    pub fn redirect_path(&self) -> &str {
        match self.header("location") {
            Some(path) if self.status.is_redirection() => path,
            _ => panic!("expected a redirect, but {}", self.summary()),
        }
    }

    /// Fails the test unless the status is this one.
    #[track_caller]
    pub fn assert_status(&self, status: u16) -> &Self {
        assert!(
            self.status() == status,
            "expected status {status}, but {}",
            self.summary()
        );
        self
    }

    /// Fails the test unless this redirects to `path`.
    #[track_caller]
    pub fn assert_redirect(&self, path: impl AsRef<str>) -> &Self {
        let path = path.as_ref();
        assert!(
            self.redirect_path() == path,
            "expected a redirect to `{path}`, but it leads to `{}`",
            self.redirect_path()
        );
        self
    }

    /// Fails the test unless `text` is in the body.
    #[track_caller]
    pub fn assert_text(&self, text: &str) -> &Self {
        assert!(
            self.text().contains(text),
            "expected the text {text:?}, but {}",
            self.summary()
        );
        self
    }

    /// Fails the test if `text` is in the body.
    #[track_caller]
    pub fn assert_no_text(&self, text: &str) -> &Self {
        assert!(
            !self.text().contains(text),
            "did not expect the text {text:?}, but {}",
            self.summary()
        );
        self
    }

    /// Fails the test unless the body is this JSON.
    #[track_caller]
    pub fn assert_json(&self, expected: &Value) -> &Self {
        let found = self.json();
        assert!(
            found == *expected,
            "expected the JSON {expected:#}, but {}",
            self.summary()
        );
        self
    }

    /// Fails the test unless the body is JSON that has everything in `expected`: objects may have more members, lists
    /// may not be longer.
    #[track_caller]
    pub fn assert_json_includes(&self, expected: &Value) -> &Self {
        let mut missing = Vec::new();
        compare(&self.json(), expected, "", &mut missing);
        assert!(
            missing.is_empty(),
            "{}; {}",
            missing.join("; "),
            self.summary()
        );
        self
    }

    /// Method and path of the request.
    #[cfg(feature = "selectors")]
    pub(super) fn request(&self) -> &str {
        &self.request
    }

    pub(super) fn summary(&self) -> String {
        const SHOWN: usize = 4_000;
        let text = without_style(&self.text());
        let body = match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        };
        let status = self.status;
        format!("{} was answered with {status}:\n{body}", self.request)
    }
}

/// Notes what of `expected` is not in `found`, which stands at `place`.
fn compare(found: &Value, expected: &Value, place: &str, missing: &mut Vec<String>) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            for (name, expected) in expected {
                let place = format!("{place}/{name}");
                match found.get(name) {
                    Some(found) => compare(found, expected, &place, missing),
                    None => missing.push(format!(
                        "expected {expected} at `{place}`, which is not there"
                    )),
                }
            }
        }
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
                compare(found, expected, &format!("{place}/{at}"), missing);
            }
        }
        _ if found == expected => {}
        _ => missing.push(format!(
            "expected {expected} at `{place}`, which is {found}"
        )),
    }
}

/// A page without its style, which nobody wants to read in a failure.
fn without_style(html: &str) -> String {
    match (html.find("<style>"), html.find("</style>")) {
        (Some(start), Some(end)) if start < end => [&html[..start], &html[end..]].concat(),
        _ => html.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::compare;

    #[test]
    fn json_includes_what_it_has_at_least() {
        let found = json!({"status": "success", "task": {"id": 7, "tags": ["a", "b"]}});
        for (expected, said) in [
            (json!({"status": "success"}), ""),
            (json!({"task": {"tags": ["a", "b"]}}), ""),
            (json!({}), ""),
            (
                json!({"status": "failure"}),
                "expected \"failure\" at `/status`, which is \"success\"",
            ),
            (
                json!({"task": {"name": "x"}}),
                "expected \"x\" at `/task/name`, which is not there",
            ),
            (
                json!({"task": {"tags": ["a", "c"]}}),
                "expected \"c\" at `/task/tags/1`, which is \"b\"",
            ),
            (
                json!({"task": {"tags": ["a"]}}),
                "expected [\"a\"] at `/task/tags`, which is [\"a\",\"b\"]",
            ),
            (
                json!([]),
                "expected [] at ``, which is {\"status\":\"success\",\"task\":{\"id\":7,\"tags\":[\"a\",\"b\"]}}",
            ),
        ] {
            let mut missing = Vec::new();
            compare(&found, &expected, "", &mut missing);
            assert_eq!(missing.join("; "), said, "{expected}");
        }
    }
}
