//! What a request gathers on its way: cookies to set, messages for the next page, the page's title.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, COOKIE, HeaderValue, SET_COOKIE, VARY,
};
use actix_web::{HttpMessage, HttpRequest};
use percent_encoding::percent_decode_str;

use super::cookie::Cookie;
use super::session::Session;
use super::worker::Worker;
use crate::Locale;
use crate::controller::{Part, Response};
use crate::database::listening::Statements;
use crate::{Error, Result};

/// Messages by kind, `notice` or `alert`.
pub(crate) type Messages = Vec<(String, String)>;

/// Made when an action first asks for something that lasts to the end of its request.
#[derive(Default)]
pub(crate) struct RequestState {
    pub(crate) title: RefCell<Option<String>>,
    cookies: RefCell<Vec<Cookie>>,
    /// The messages the previous page left for this one.
    arrived: OnceCell<Messages>,
    /// Messages of this page itself.
    pub(crate) now: RefCell<Messages>,
    /// Messages for the next page.
    pub(crate) next: RefCell<Messages>,
    /// The parts of a form with files, once they were read and until an action takes them.
    pub(crate) parts: RefCell<Option<Vec<Part>>>,
    /// The session, once it was asked for or read from the database.
    pub(crate) session: RefCell<Option<Session>>,
    /// What marks scripts and styles of the page itself as its own, once one was asked for.
    pub(crate) nonce: OnceCell<String>,
    /// The parameters as JSON without secrets, once an action has read them.
    pub(crate) parameters: RefCell<Option<String>>,
    /// Whether the answer depends on the header `Accept`.
    pub(crate) varies: Cell<bool>,
    /// What to say about a file that the page has been made with and that is not there.
    pub(crate) missing_asset: RefCell<Option<String>>,
    /// Whether the answer must not set cookies.
    pub(crate) sets_no_cookies: Cell<bool>,
    /// What the database was asked, in development.
    pub(crate) statements: Rc<RefCell<Statements>>,
    /// The language that the request is answered in, once one was chosen.
    pub(crate) locale: RefCell<Option<Locale>>,
    /// Whether the answer depends on the header `Accept-Language`.
    pub(crate) varies_by_language: Cell<bool>,
    /// How long the request may take, once its action has said so; `Some(None)` is for ever.
    pub(crate) time_limit: Cell<Option<Option<Duration>>>,
}

impl RequestState {
    /// That of a request, made if there is none yet.
    pub(crate) fn of(request: &HttpRequest) -> Rc<RequestState> {
        if let Some(state) = RequestState::existing(request) {
            return state;
        }
        let state = Rc::new(RequestState::default());
        request.extensions_mut().insert(state.clone());
        state
    }

    /// That of a request, if there is one.
    pub(crate) fn existing(request: &HttpRequest) -> Option<Rc<RequestState>> {
        request.extensions().get::<Rc<RequestState>>().cloned()
    }

    pub(crate) fn set_cookie(&self, cookie: Cookie) {
        let mut cookies = self.cookies.borrow_mut();
        cookies.retain(|known| known.name != cookie.name);
        cookies.push(cookie);
    }

    /// The messages of this page.
    pub(crate) fn messages(&self, request: &HttpRequest, worker: &Worker) -> Messages {
        let arrived = self.arrived.get_or_init(|| arrived(request, worker));
        let now = self.now.borrow();
        arrived.iter().chain(now.iter()).cloned().collect()
    }
}

/// The messages in the cookie of the previous page.
fn arrived(request: &HttpRequest, worker: &Worker) -> Messages {
    let name = worker.flash_cookie();
    let opened = cookie_value(request, name).and_then(|text| worker.seal().open(name, &text));
    opened
        .and_then(|opened| serde_json::from_str(&opened.value).ok())
        .unwrap_or_default()
}

/// The value of a cookie of the request, decoded; as it is when it cannot be decoded.
///
/// Other cookies may be as malformed as they like: one that a stranger planted must not hide the rest.
pub(crate) fn cookie_value(request: &HttpRequest, name: &str) -> Option<String> {
    let (_, value) = sent_cookies(request).find(|(known, _)| *known == name)?;
    Some(decoded(value))
}

/// Names and values of the cookies that a request sent, in their order.
pub(crate) fn cookie_values(request: &HttpRequest) -> Vec<(String, String)> {
    let cookies = sent_cookies(request);
    cookies
        .map(|(name, value)| (name.to_owned(), decoded(value)))
        .collect()
}

fn sent_cookies(request: &HttpRequest) -> impl Iterator<Item = (&str, &str)> {
    let headers = request.headers().get_all(COOKIE);
    let pairs = headers
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim()))
}

fn decoded(value: &str) -> String {
    let unquoted = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let value = unquoted.unwrap_or(value);
    let decoded = percent_decode_str(value).decode_utf8();
    decoded.map_or_else(|_| value.to_owned(), Cow::into_owned)
}

/// Puts what was gathered into the headers of the answer.
///
/// # Errors
/// When a cookie cannot be set: whoever set it counts on it.
pub(crate) fn finish(
    worker: &Worker,
    request: &HttpRequest,
    response: &mut Response,
) -> Result<()> {
    let Some(state) = RequestState::existing(request) else {
        return Ok(());
    };
    if state.varies.get() {
        response
            .headers_mut()
            .append(VARY, HeaderValue::from_static("accept"));
    }
    if state.varies_by_language.get() {
        response
            .headers_mut()
            .append(VARY, HeaderValue::from_static("accept-language"));
    }
    if let Some(locale) = &*state.locale.borrow()
        && let Ok(locale) = HeaderValue::from_str(locale.as_str())
    {
        let headers = response.headers_mut();
        if !headers.contains_key(CONTENT_LANGUAGE) {
            headers.insert(CONTENT_LANGUAGE, locale);
        }
    }
    keep_messages(worker, &state);
    let cookies = state.cookies.borrow();
    if cookies.is_empty() || state.sets_no_cookies.get() {
        return Ok(());
    }
    let production = worker.app().environment().is_production();
    for cookie in cookies.iter() {
        let value = cookie.header(worker.seal(), production).map_err(|reason| {
            Error::message(format!(
                "the cookie `{}` cannot be set: {reason}",
                cookie.name.escape_debug()
            ))
        })?;
        response.headers_mut().append(SET_COOKIE, value);
    }
    // A cache that kept this answer would hand its cookies to others.
    if !response.headers().contains_key(CACHE_CONTROL) {
        let value = HeaderValue::from_static("no-store");
        response.headers_mut().insert(CACHE_CONTROL, value);
    }
    Ok(())
}

/// Leaves messages for the next page, or takes away those that this page has shown.
fn keep_messages(worker: &Worker, state: &RequestState) {
    let name = worker.flash_cookie();
    let next = state.next.borrow();
    let shown = state
        .arrived
        .get()
        .is_some_and(|arrived| !arrived.is_empty());
    if !next.is_empty() {
        let json = serde_json::to_string(&*next).unwrap_or_default();
        let cookie = Cookie::new(name, json).encrypted();
        // What the action did is done, with or without a message about it.
        match cookie.fits() {
            true => state.set_cookie(cookie),
            false => {
                tracing::error!("the messages for the next page are longer than browsers keep")
            }
        }
    } else if shown {
        state.set_cookie(Cookie::forgotten(name));
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::config::Secret;
    use crate::http::seal::Seal;
    use crate::mutation;

    #[test]
    fn a_malformed_cookie_hides_no_other() {
        let request = TestRequest::default()
            .insert_header(("cookie", "broken; =x; a=1%20; b=\"two\"; c=%FF; d=x=y"))
            .to_http_request();
        let value = |name| cookie_value(&request, name);
        assert_eq!(value("a").as_deref(), Some("1 "));
        assert_eq!(value("b").as_deref(), Some("two"));
        assert_eq!(value("c").as_deref(), Some("%FF"));
        assert_eq!(value("d").as_deref(), Some("x=y"));
        assert_eq!(value("broken"), None);
    }

    #[test]
    fn the_header_cookie_withstands_any_bytes() {
        let seal = Seal::new(&Secret::new("a secret"), &[]);
        let parse = |bytes: &[u8]| {
            let Ok(value) = HeaderValue::from_bytes(bytes) else {
                return;
            };
            let request = TestRequest::default()
                .insert_header((COOKIE, value))
                .to_http_request();
            for name in ["a", "shop_session"] {
                if let Some(text) = cookie_value(&request, name) {
                    assert!(seal.open(name, &text).is_none(), "{text:?} was opened");
                    assert!(seal.verify(name, &text).is_none(), "{text:?} was believed");
                }
            }
        };
        let examples = [
            "a=1%20; shop_session=enc:v2:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAA==:AAAA; b=\"c\"",
            "a=enc:v1:AAAA:AAAA:AAAA; a=; ;=;a",
        ];
        let words = [
            "; ",
            "=",
            "\"",
            "%",
            "%FF",
            ":",
            "enc:v1:",
            "a=",
            "shop_session=",
            ",",
            "==",
        ];
        mutation::withstands(&examples, &words, parse);
        for worst in ["a=1;", ";", "=", "%41", ":", "\"", "b=c; "] {
            mutation::is_linear(
                |length| format!("a={}", worst.repeat(length / worst.len())).into_bytes(),
                parse,
            );
        }
    }
}
