//! Pages of other origins that may use the application, by `[cors]`.
//!
//! What a browser asks before it sends such a request is answered here, and every answer, an error's too, says whose
//! pages may read it. Reading is the browser's business; sending is ours: [`guard`](super::guard) refuses what a page of
//! another site sends, unless the page's origin is listed. With `credentials` the page may do whatever its visitor may.
//! Without, it gets no further than a program without a browser would: no cookie and no password of the browser's own
//! may come with its request, and none is set with the answer.

use actix_web::HttpRequest;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue,
    ORIGIN, VARY,
};
use actix_web::http::{Method, StatusCode};

use super::state::RequestState;
use crate::application::App;
use crate::config::CorsConfig;
use crate::controller::Response;
use crate::{Error, Result};

const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// What browsers send with a request by themselves.
const AMBIENT: &[&str] = &["basic", "digest", "negotiate", "ntlm"];

/// Who may use what, and the headers that say so.
pub(crate) struct Cors {
    config: CorsConfig,
    /// Whether every page may.
    is_open: bool,
    methods: Option<HeaderValue>,
    headers: Option<HeaderValue>,
    exposed_headers: Option<HeaderValue>,
    max_age: HeaderValue,
}

impl Cors {
    /// `None` when no origin is listed.
    pub(crate) fn new(config: &CorsConfig) -> Option<Self> {
        let list = |texts: &[String]| {
            let text = (!texts.is_empty()).then(|| texts.join(", "))?;
            HeaderValue::try_from(text).ok()
        };
        (!config.origins.is_empty()).then(|| Cors {
            is_open: config.origins.iter().any(|origin| origin == "*"),
            methods: list(&config.methods),
            headers: list(&config.headers),
            exposed_headers: list(&config.exposed_headers),
            max_age: HeaderValue::from(config.max_age.as_secs()),
            config: config.clone(),
        })
    }

    /// The answer to what a browser asks before it sends a request for a page of another origin; `None` for every other
    /// request.
    ///
    /// # Errors
    /// 403 for a page whose origin is not listed.
    pub(crate) fn preflight(&self, app: &App, request: &HttpRequest) -> Result<Option<Response>> {
        let headers = request.headers();
        let asks = *request.method() == Method::OPTIONS
            && headers.contains_key(ORIGIN)
            && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
        if !asks || !self.is_shared(request.path()) {
            return Ok(None);
        }
        if self.origin(request).is_none() {
            return Err(unlisted(app, request));
        }
        let mut response = Response::new(StatusCode::NO_CONTENT);
        let answers = [
            (ACCESS_CONTROL_ALLOW_METHODS, self.methods.as_ref()),
            (ACCESS_CONTROL_ALLOW_HEADERS, self.headers.as_ref()),
            (ACCESS_CONTROL_MAX_AGE, Some(&self.max_age)),
        ];
        for (name, value) in answers {
            if let Some(value) = value {
                response.headers_mut().insert(name, value.clone());
            }
        }
        Ok(Some(response))
    }

    /// Whether a page of another origin may send this request, which changes something.
    ///
    /// # Errors
    /// 403 for one with cookies or the browser's own password, where those are not shared.
    pub(crate) fn admits(&self, request: &HttpRequest) -> Result<bool> {
        let listed = self.is_shared(request.path()) && self.origin(request).is_some();
        if !listed || !self.permits(request.method()) {
            return Ok(false);
        }
        if self.config.credentials {
            return Ok(true);
        }
        // A form that leads the visitor here would set cookies with its answer.
        let mode = text(request, SEC_FETCH_MODE);
        if mode.is_some_and(|mode| mode != "cors") {
            return Ok(false);
        }
        let password = text(request, AUTHORIZATION).is_some_and(|text| {
            let scheme = text.split(' ').next().unwrap_or_default();
            let mut ambient = AMBIENT.iter();
            ambient.any(|known| known.eq_ignore_ascii_case(scheme))
        });
        match password || request.headers().contains_key(COOKIE) {
            true => Err(Error::http(
                403,
                "A page of another origin may not send cookies here: it has to leave them out, or `credentials` in the section `[cors]` to let them in.",
            )),
            false => Ok(true),
        }
    }

    /// Whether pages of other origins may use a method.
    pub(crate) fn permits(&self, method: &Method) -> bool {
        let mut methods = self.config.methods.iter();
        methods.any(|known| known == "*" || known == method.as_str())
    }

    /// Whether a listed page sent this request.
    #[cfg(feature = "compression")]
    pub(crate) fn knows(&self, request: &HttpRequest) -> bool {
        self.is_shared(request.path()) && self.origin(request).is_some()
    }

    /// Whether the visitor's cookies are shared.
    pub(crate) fn has_credentials(&self) -> bool {
        self.config.credentials
    }

    /// Says in the answer whose pages may read it. What its action has said itself stays.
    pub(crate) fn mark(&self, request: &HttpRequest, headers: &mut HeaderMap) {
        if !self.is_shared(request.path()) {
            return;
        }
        if !self.is_open {
            // Also where nobody is told anything: another origin would be.
            headers.append(VARY, HeaderValue::from_static("origin"));
        }
        let Some(origin) = self.origin(request) else {
            return;
        };
        if headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN) {
            return;
        }
        let origin = match self.is_open {
            true => HeaderValue::from_static("*"),
            false => origin.clone(),
        };
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if self.config.credentials {
            let value = HeaderValue::from_static("true");
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, value);
        }
        if let Some(exposed) = &self.exposed_headers {
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed.clone());
        }
    }

    /// The origin of the page that sent a request, if it is listed.
    fn origin<'a>(&self, request: &'a HttpRequest) -> Option<&'a HeaderValue> {
        let origin = request.headers().get(ORIGIN)?;
        let text = origin.to_str().ok()?;
        let mut listed = self.config.origins.iter();
        listed.any(|listed| covers(listed, text)).then_some(origin)
    }

    /// Whether a path is one of those that are shared.
    fn is_shared(&self, path: &str) -> bool {
        let paths = &self.config.paths;
        let covers = |shared: &String| {
            let rest = path.strip_prefix(shared.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        paths.is_empty() || paths.iter().any(covers)
    }
}

/// Notes that the answer must not set cookies.
pub(crate) fn without_cookies(request: &HttpRequest) {
    RequestState::of(request).sets_no_cookies.set(true);
}

fn text(request: &HttpRequest, name: HeaderName) -> Option<&str> {
    // What is no text is nothing that a browser sends.
    Some(request.headers().get(name)?.to_str().unwrap_or_default())
}

/// Whether an origin is the listed one, or below it.
fn covers(listed: &str, origin: &str) -> bool {
    let Some((front, end)) = listed.split_once("*.") else {
        return listed == "*" || listed.eq_ignore_ascii_case(origin);
    };
    // Under `https://*.shop.example` the part for the star is what is left between `https://` and `.shop.example`.
    let Some(star) = origin.len().checked_sub(front.len() + end.len() + 1) else {
        return false;
    };
    let (Some(start), Some(rest)) = (origin.get(..front.len()), origin.get(front.len()..)) else {
        return false;
    };
    let (Some(name), Some(last)) = (rest.get(..star), rest.get(star..)) else {
        return false;
    };
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    start.eq_ignore_ascii_case(front)
        && !name.is_empty()
        && name.bytes().all(sound)
        && last
            .strip_prefix('.')
            .is_some_and(|last| last.eq_ignore_ascii_case(end))
}

fn unlisted(app: &App, request: &HttpRequest) -> Error {
    let environment = app.environment();
    let message = match environment.is_production() {
        true => "Pages of this origin may not use this.".to_owned(),
        false => format!(
            "Pages of `{}` may not use this: add the origin to `origins` in the section `[cors]` of `config/{environment}.toml`, or to `VELOCIOUS_CORS_ORIGINS`.",
            text(request, ORIGIN).unwrap_or_default().escape_debug()
        ),
    };
    Error::http(403, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutation;

    #[test]
    fn a_star_stands_for_names_and_nothing_else() {
        let listed = "https://*.shop.example";
        for origin in ["https://a.shop.example", "https://A.b.Shop.example"] {
            assert!(covers(listed, origin), "{origin}");
        }
        for origin in [
            "https://shop.example",
            "https://.shop.example",
            "https://evilshop.example",
            "http://a.shop.example",
            "https://a.shop.example:8443",
            "https://a.shop.example.evil.example",
            "https://evil.example/.shop.example",
            "https://evil.example:1@x.shop.example",
            "https://ü.shop.example",
            "https://",
            "null",
            "",
        ] {
            assert!(!covers(listed, origin), "{origin}");
        }
        assert!(covers("http://*.localhost:5173", "http://a.localhost:5173"));
        assert!(covers("*", "https://any.example"));
        assert!(!covers(
            "https://shop.example",
            "https://shop.example.evil.example"
        ));
    }

    #[test]
    fn an_origin_withstands_any_bytes() {
        let parse = |bytes: &[u8]| {
            let origin = String::from_utf8_lossy(bytes);
            if covers("https://*.shop.example", &origin) {
                let lower = origin.to_ascii_lowercase();
                let name = lower.strip_prefix("https://");
                let name = name.and_then(|name| name.strip_suffix(".shop.example"));
                let name = name.unwrap_or_default();
                assert!(!name.is_empty(), "{origin:?}");
                assert!(
                    !name.contains(['/', '@', ':', '?', '#', '\\']),
                    "{origin:?}"
                );
            }
            assert_eq!(
                covers("https://shop.example", &origin),
                origin.eq_ignore_ascii_case("https://shop.example")
            );
        };
        let examples = ["https://a.shop.example", "https://shop.example", "null"];
        let words = [
            "https://",
            ".",
            "shop.example",
            ".shop.example",
            "@",
            ":",
            "/",
            "*",
            "\u{fc}",
            ":443",
            "\\",
        ];
        mutation::withstands(&examples, &words, parse);
        for worst in ["a.", ".shop.example", "https://", "\u{fc}"] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }
}
