//! Tokens by which a form is known as one of our own.
//!
//! Browsers say where a request comes from ([`guard`](super::guard)), and that decides. A browser that says nothing has
//! to send a token with its session, made of the session's id: in the field `csrf_token` of a form, which the form
//! builder writes, or in the header `X-CSRF-Token`. A request without a session has nothing that somebody else's page
//! could use.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderName;
use maud::{Markup, html};

use super::form_method::Form;
use super::state::{RequestState, cookie_value};
use super::worker::Worker;
use super::{current, session};
use crate::{Context, Error, Result};

/// The field of a form that holds the token.
const FIELD: &str = "csrf_token";
const HEADER: HeaderName = HeaderName::from_static("x-csrf-token");

/// Refuses a request that came with a session, and without a token of it. One that is only remembered has no session that
/// a token could be of.
///
/// # Errors
/// 403.
pub(super) fn check(request: &HttpRequest, worker: &Worker, form: &Form) -> Result<()> {
    let refused = || {
        Error::http(
            403,
            "The form has no valid token. Open its page again and try once more.",
        )
    };
    let sent = cookie_value(request, worker.session_cookie());
    let session = sent.map(|_| session::arrived(request, worker));
    let Some(id) = session.as_ref().and_then(|session| session.id()) else {
        return match is_remembered(request, worker) {
            true => Err(refused()),
            false => Ok(()),
        };
    };
    let header = request
        .headers()
        .get(HEADER)
        .and_then(|value| value.to_str().ok());
    let is_sound = |token: &str| worker.seal().is_token_of(token, id);
    if header.or(form.token.as_deref()).is_some_and(is_sound) {
        return Ok(());
    }
    Err(refused())
}

fn is_remembered(request: &HttpRequest, worker: &Worker) -> bool {
    let name = worker.remember_cookie();
    cookie_value(request, name).is_some_and(|text| worker.seal().open(name, &text).is_some())
}

/// A token for the session of a request; `None` when it has none.
pub(crate) fn token(context: &Context) -> Option<String> {
    let id = context.session().id()?;
    context.worker().seal().token(&id)
}

/// The hidden field with the token, for forms in the page at work; nothing where there is no session to protect.
pub(crate) fn hidden_field() -> Markup {
    let Some(request) = current::request() else {
        return Markup::default();
    };
    let Ok(context) = Context::of(&request) else {
        return Markup::default();
    };
    // A page that has nothing to do with a session should not begin to depend on one.
    let known =
        RequestState::existing(&request).is_some_and(|state| state.session.borrow().is_some());
    let sent = || context.cookie(context.worker().session_cookie()).is_some();
    match (known || sent()).then(|| token(&context)).flatten() {
        Some(token) => html! { input type="hidden" name=(FIELD) value=(token); },
        None => Markup::default(),
    }
}
