//! The HTTP client for requests as an honest client sends them. Redirects are shown, not followed.

use std::time::Duration;
use ureq::http::{Request, Response};
use ureq::{Agent, Body};

/// A client with one server as its base.
#[derive(Debug)]
pub struct HttpClient {
    agent: Agent,
    base: String,
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl HttpClient {
    /// A client of the server at `base`, such as `http://127.0.0.1:3000`.
    #[must_use]
    pub fn new(base: &str) -> HttpClient {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .allow_non_standard_methods(true)
            .build();
        HttpClient {
            agent: config.into(),
            base: base.to_owned(),
        }
    }

    /// GET, as a browser asks for a page.
    #[must_use]
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[("Accept", "text/html")], "")
    }

    /// GET for JSON.
    #[must_use]
    pub fn get_json(&self, path: &str) -> Answer {
        self.send("GET", path, &[("Accept", "application/json")], "")
    }

    /// POST of a JSON document, which asks for JSON.
    #[must_use]
    pub fn post_json(&self, path: &str, json: &str) -> Answer {
        self.send(
            "POST",
            path,
            &[
                ("Accept", "application/json"),
                ("Content-Type", "application/json"),
            ],
            json,
        )
    }

    /// POST of a form, as a browser sends it.
    #[must_use]
    pub fn post_form(&self, path: &str, form: &str) -> Answer {
        let headers = [
            ("Accept", "text/html"),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        self.send("POST", path, &headers, form)
    }

    /// Any request.
    ///
    /// # Panics
    /// When there is no answer.
    #[must_use]
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.try_send(method, path, headers, body)
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// Any request.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Answer, ureq::Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        // A GET with an empty body must not carry `Content-Length`.
        let response = if body.is_empty() && matches!(method, "GET" | "HEAD" | "OPTIONS" | "DELETE")
        {
            self.agent.run(request.body(())?)?
        } else {
            self.agent.run(request.body(body.to_owned())?)?
        };
        Answer::read(response)
    }
}

impl Answer {
    fn read(response: Response<Body>) -> Result<Answer, ureq::Error> {
        let (parts, mut body) = response.into_parts();
        let headers = parts.headers.iter();
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: headers
                .map(|(name, value)| {
                    (
                        name.as_str().to_owned(),
                        String::from_utf8_lossy(value.as_bytes()).into_owned(),
                    )
                })
                .collect(),
            body: body.read_to_string()?,
        })
    }

    /// The first header of that name, which is in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(each, _)| each == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error} in the body `{}`", self.body))
    }
}
