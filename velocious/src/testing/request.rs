//! A request on its way.

use actix_web::http::Method;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use actix_web::test::TestRequest as ActixRequest;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{TestApp, TestResponse};
use crate::controller::LocalBoxFuture;

/// What browsers leave as it is in a form.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// What separates the parts of a multipart form.
const BOUNDARY: &str = "----velocious-test-8d4f0c7b5a";

/// How many redirects are followed at most.
const MOST_REDIRECTS: usize = 10;

/// A name as browsers write it between quotes.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A request that is sent when it is awaited.
///
/// ```no_run
/// # async fn example(app: velocious::testing::TestApp) {
/// let response = app
///     .post("/tasks")
///     .form(&[("task[name]", "Write"), ("task[project_id]", "1")])
///     .await;
/// # let _ = response;
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct TestRequest {
    app: TestApp,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    left_out: Vec<String>,
    body: Vec<u8>,
    parts: Vec<Vec<u8>>,
    follows: bool,
}

impl TestRequest {
    pub(super) fn new(app: TestApp, method: Method, path: String) -> Self {
        TestRequest {
            app,
            method,
            path,
            headers: Vec::new(),
            left_out: Vec::new(),
            body: Vec::new(),
            parts: Vec::new(),
            follows: false,
        }
    }

    /// Sets a header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Leaves out a header that would be sent otherwise, such as `sec-fetch-site`.
    pub fn without_header(mut self, name: impl Into<String>) -> Self {
        self.left_out.push(name.into());
        self
    }

    /// Asks for JSON.
    pub fn accept_json(self) -> Self {
        self.header(ACCEPT.as_str(), "application/json")
    }

    /// Sends a form, as a browser would.
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let encode = |text| utf8_percent_encode(text, FORM).to_string();
        let pairs = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        self.body("application/x-www-form-urlencoded", body)
    }

    /// Adds a text to a multipart form, as a browser sends a form with files.
    pub fn part(mut self, name: &str, value: &str) -> Self {
        let head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        self.parts
            .push(format!("{head}\r\n\r\n{value}").into_bytes());
        self
    }

    /// Adds a file to a multipart form.
    pub fn file(
        mut self,
        name: &str,
        filename: &str,
        content_type: &str,
        content: impl AsRef<[u8]>,
    ) -> Self {
        let head = format!(
            "Content-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {content_type}\r\n\r\n",
            quoted(name),
            quoted(filename)
        );
        self.parts
            .push([head.as_bytes(), content.as_ref()].concat());
        self
    }

    /// Sends `value` as JSON, and asks for JSON.
    ///
    /// # Panics
    /// When the value cannot be JSON.
    pub fn json(self, value: &impl Serialize) -> Self {
        let body = serde_json::to_vec(value);
        let body = body.unwrap_or_else(|error| panic!("the value cannot be sent as JSON: {error}"));
        self.accept_json().body("application/json", body)
    }

    /// Sends any body.
    pub fn body(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header(CONTENT_TYPE.as_str(), content_type)
    }

    /// Goes where the answer sends the browser, and where that answer does, until one is no redirect.
    pub fn follow_redirects(mut self) -> Self {
        self.follows = true;
        self
    }

    /// The parts as one body.
    fn with_parts(mut self) -> Self {
        if self.parts.is_empty() {
            return self;
        }
        let parts = std::mem::take(&mut self.parts);
        let mut body = Vec::new();
        for part in parts {
            body.extend_from_slice(format!("--{BOUNDARY}\r\n").as_bytes());
            body.extend_from_slice(&part);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.body(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }

    async fn send(self) -> TestResponse {
        let mut request = ActixRequest::with_uri(&self.path).method(self.method.clone());
        // As a browser says of what a page of the application sends.
        let mut usual = vec![
            ("host", "test.local".to_owned()),
            ("sec-fetch-site", "same-origin".to_owned()),
        ];
        usual.extend(self.app.cookies().map(|cookies| (COOKIE.as_str(), cookies)));
        for (name, value) in usual {
            if !self
                .left_out
                .iter()
                .any(|left_out| left_out.eq_ignore_ascii_case(name))
            {
                request = request.insert_header((name, value));
            }
        }
        for (name, value) in &self.headers {
            request = request.insert_header((name.as_str(), value.as_str()));
        }
        if !self.body.is_empty() {
            request = request.set_payload(self.body);
        }
        self.app.send(self.method, self.path, request).await
    }
}

impl IntoFuture for TestRequest {
    type Output = TestResponse;
    type IntoFuture = LocalBoxFuture<'static, TestResponse>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let (app, follows) = (self.app.clone(), self.follows);
            let mut response = self.with_parts().send().await;
            let mut rest = MOST_REDIRECTS;
            while follows && response.is_redirect() {
                assert!(
                    rest > 0,
                    "more than {MOST_REDIRECTS} redirects, at last to `{}`",
                    response.redirect_path()
                );
                rest -= 1;
                response = app.follow_redirect(&response).await;
            }
            response
        })
    }
}
