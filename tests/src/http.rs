//! The HTTP client for requests as an honest client sends them. Redirects are shown, not followed; cookies are kept, as a
//! browser keeps them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use ureq::http::{Request, Response};
use ureq::{Agent, Body};

use crate::PATIENCE;

/// A client with one server as its base. A clone of it has the same cookies.
#[derive(Clone, Debug)]
pub struct HttpClient {
    agent: Agent,
    base: String,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
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
            .timeout_global(Some(PATIENCE))
            .allow_non_standard_methods(true)
            .build();
        HttpClient {
            agent: config.into(),
            base: base.to_owned(),
            cookies: Arc::default(),
        }
    }

    /// Signs up to the example application as somebody new; what is sent from now on comes from them.
    ///
    /// # Panics
    /// When the application does not let them in.
    pub fn sign_up(&self) {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let process = std::process::id();
        let password = "correct horse battery staple";
        let answer = self.post_form(
            "/profile",
            &format!(
                "user[name]=Bo&user[email]=bo-{process}-{number}@example.com&user[password]={password}"
            ),
        );
        assert_eq!(answer.status, 303, "{}", answer.body);
    }

    /// The header `Cookie` that a browser would send; empty when it has none.
    #[must_use]
    pub fn cookies(&self) -> String {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep_cookies(&self, answer: &Answer) {
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let set = answer
            .headers
            .iter()
            .filter(|(name, _)| name == "set-cookie");
        for (_, cookie) in set {
            let mut parts = cookie.split(';').map(str::trim);
            let pair = parts.next().and_then(|pair| pair.split_once('='));
            let Some((name, value)) = pair else { continue };
            match parts.any(|part| part.eq_ignore_ascii_case("max-age=0")) {
                true => cookies.remove(name),
                false => cookies.insert(name.to_owned(), value.to_owned()),
            };
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
        let cookies = self.cookies();
        let brings_cookies = headers.iter().any(|(name, _)| *name == "Cookie");
        if !cookies.is_empty() && !brings_cookies {
            request = request.header("Cookie", cookies);
            // What a browser says of a request that a page of the application sends.
            request = request.header("Sec-Fetch-Site", "same-origin");
        }
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
        let answer = Answer::read(response)?;
        self.keep_cookies(&answer);
        Ok(answer)
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
