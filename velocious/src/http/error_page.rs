//! What is answered when something goes wrong: a page, or JSON for those who ask for it.
//!
//! In development everything is shown. In production a page says no more than the status, unless the error's message
//! is meant for the client; `public/404.html` and the like replace it.

use std::error::Error as StdError;

use actix_web::HttpRequest;
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, VARY};
use maud::{Markup, html};
use serde::Serialize;

use super::accept::wants_json;
use super::page::{page, table};
use super::panic::Panicked;
use super::source::Excerpt;
use super::state::RequestState;
use crate::application::App;
use crate::controller::{Action, Response, json, known_parameters};
use crate::error::Trace;
use crate::logging::{is_secret_name, without_secrets};
use crate::model::Errors;
use crate::routing::RouteTable;

/// What went wrong with a request.
pub(crate) struct Failure<'a> {
    pub(crate) status: StatusCode,
    /// The messages of the error and its causes, outermost first.
    pub(crate) chain: Vec<String>,
    /// What the client may know.
    pub(crate) message: Option<String>,
    /// What is wrong with the parameters or the record.
    pub(crate) errors: Option<&'a Errors>,
    /// What was running when it went wrong, in development.
    pub(crate) trace: Option<&'a Trace>,
}

impl<'a> Failure<'a> {
    /// The failure an error stands for.
    pub(crate) fn of(error: &'a crate::Error) -> Self {
        let status = StatusCode::from_u16(error.status());
        Failure {
            status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            chain: chain(error.as_error()),
            message: error.public_message(),
            errors: error.validation_errors(),
            trace: match error.downcast_ref::<Panicked>() {
                Some(panicked) => panicked.trace(),
                None => error.trace(),
            },
        }
    }

    /// The failure behind a response that actix, or an extractor of its own, has made of an error.
    pub(crate) fn of_actix(error: &actix_web::Error, status: StatusCode) -> Failure<'static> {
        let text = error.to_string();
        Failure {
            status,
            message: (status.is_client_error() && !text.is_empty()).then(|| text.clone()),
            chain: vec![text],
            errors: None,
            trace: None,
        }
    }

    /// A failure that is nothing but its status.
    pub(crate) fn plain(status: StatusCode) -> Failure<'static> {
        Failure {
            status,
            chain: Vec::new(),
            message: None,
            errors: None,
            trace: None,
        }
    }

    /// The answer to a request that no action was found for.
    pub(crate) fn response(&self, app: &App, request: &HttpRequest) -> Response {
        self.response_to(app, request, None)
    }

    /// The answer to a request for an action.
    pub(crate) fn response_to(
        &self,
        app: &App,
        request: &HttpRequest,
        action: Option<&Action>,
    ) -> Response {
        let mut response = match app.environment().is_production() {
            _ if wants_json(request) => self.json(app),
            true => self.silent_page(app),
            false => self.telling_page(app, request, action),
        };
        // The next request may fare better, and another client may ask for another kind of answer.
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(VARY, HeaderValue::from_static("accept"));
        response
    }

    /// What is said to everybody.
    fn public_message(&self) -> String {
        let usual = match self.status.as_u16() {
            404 => "There is no such page.",
            401 => "Please sign in.",
            403 => "You are not allowed to do this.",
            405 => "This page does not answer that kind of request.",
            422 => "The request could not be processed.",
            500..=599 => "We're sorry, but something went wrong.",
            _ => self
                .status
                .canonical_reason()
                .unwrap_or("The request failed."),
        };
        self.message.clone().unwrap_or_else(|| usual.into())
    }

    fn json(&self, app: &App) -> Response {
        #[derive(Serialize)]
        struct Body<'a> {
            error: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            errors: Option<&'a Errors>,
            #[serde(skip_serializing_if = "<[String]>::is_empty")]
            causes: &'a [String],
        }
        let causes = match app.environment().is_production() || self.message.is_some() {
            true => &[],
            false => self.chain.as_slice(),
        };
        let body = Body {
            error: self.public_message(),
            errors: self.errors,
            causes,
        };
        json(self.status, &body).unwrap_or_else(|_| Response::new(self.status))
    }

    /// The page of production: the application's own if it has one, else a plain one.
    fn silent_page(&self, app: &App) -> Response {
        let file = app
            .root()
            .join(format!("public/{}.html", self.status.as_u16()));
        // Failures are rare enough to look for the file each time.
        if let Ok(text) = std::fs::read(file) {
            let mut response = Response::with_body(self.status, BoxBody::new(text));
            let headers = response.headers_mut();
            headers.insert(
                CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            );
            return response;
        }
        let heading = self.heading();
        let content = html! {
            p class="status" { (self.status.as_u16()) }
            h1 { (heading) }
            p class="soft" { (self.public_message()) }
        };
        page(self.status, &heading, &content)
    }

    /// The page of development: the error, its causes, the code that it comes from, the request, what the database was
    /// asked, and for a missing page the routes.
    fn telling_page(&self, app: &App, request: &HttpRequest, action: Option<&Action>) -> Response {
        let heading = match self.chain.first() {
            Some(message) => message.clone(),
            None if self.status == StatusCode::NOT_FOUND => "No route answers this request.".into(),
            None => self.public_message(),
        };
        let title = format!("{} {heading}", self.status.as_u16());
        let is_missing = self.status == StatusCode::NOT_FOUND;
        let content = html! {
            p class="status" { (self.status.as_u16()) " " (self.heading()) }
            h1 { (heading) }
            p class="soft" {
                (request.method()) " " code { (request.path()) }
                @if let Some(action) = action { " → " code { (format!("{action:?}")) } }
            }
            @if self.chain.len() > 1 {
                h2 { "Caused by" }
                @for cause in &self.chain[1..] { pre { (cause) } }
            }
            @if let Some(excerpt) = self.excerpt(app) { (excerpt) }
            @if is_missing && action.is_none() { (routes(app.routes())) }
            (details(request))
            (statements(request))
            (headers(request))
        };
        page(self.status, &title, &content)
    }

    /// The code of the application that was running; its source is looked at in development only.
    fn excerpt(&self, app: &App) -> Option<Excerpt> {
        match app.environment().is_development() {
            true => Excerpt::of(self.trace?, app.root()),
            false => None,
        }
    }

    fn heading(&self) -> String {
        self.status.canonical_reason().unwrap_or("Error").to_owned()
    }
}

/// The messages of an error and its causes.
pub(crate) fn chain(error: &(dyn StdError + 'static)) -> Vec<String> {
    let mut chain = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        chain.push(error.to_string());
        cause = error.source();
    }
    chain
}

/// The table of routes.
pub(crate) fn routes(table: &RouteTable) -> Markup {
    let rows = table.iter().map(|route| {
        let action = format!("{:?}", (route.action)());
        [route.method.to_string(), route.path.to_owned(), action]
    });
    html! {
        h2 { "Routes" }
        @if table.is_empty() { p { "There are none yet: add some to " code { "src/config/routes.rs" } "." } }
        @else { (self::table(["Method", "Path", "Action"], rows)) }
    }
}

/// Parameters of a request without secrets, and the names of what its session holds.
fn details(request: &HttpRequest) -> Markup {
    let state = RequestState::existing(request);
    // Those of the body are known if they are logged, too.
    let read = state.as_ref().and_then(|state| {
        let text = state.parameters.borrow().clone()?;
        serde_json::from_str::<serde_json::Value>(&text).ok()
    });
    let parameters = match read {
        Some(read) => serde_json::to_string_pretty(&read),
        None => serde_json::to_string_pretty(&without_secrets(known_parameters(request).into())),
    };
    let parameters = parameters.unwrap_or_default();
    let session = state.and_then(|state| {
        let session = state.session.borrow();
        let names: Vec<_> = session.as_ref()?.names().map(str::to_owned).collect();
        (!names.is_empty()).then_some(names)
    });
    html! {
        @if parameters != "{}" { h2 { "Parameters" } pre { (parameters) } }
        @if let Some(names) = session {
            h2 { "Session" }
            p { @for name in names { code { (name) } " " } }
        }
    }
}

/// What the database was asked for this request, without any value.
fn statements(request: &HttpRequest) -> Markup {
    let Some(state) = RequestState::existing(request) else {
        return Markup::default();
    };
    let statements = state.statements.borrow();
    let rows = statements.list.iter().map(|statement| {
        let rows = statement
            .rows
            .map_or("failed".into(), |rows| rows.to_string());
        let time = format!("{:.2} ms", statement.milliseconds);
        [time, rows, statement.sql.clone()]
    });
    html! {
        @if !statements.list.is_empty() {
            h2 { "Queries" }
            (table(["Time", "Rows", "Statement"], rows))
            @if statements.left_out > 0 { p class="soft" { "and " (statements.left_out) " more" } }
        }
    }
}

/// Headers of a request, without secrets.
fn headers(request: &HttpRequest) -> Markup {
    let headers = request.headers().iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        let value = match value.split_once('?') {
            _ if is_secret_name(name.as_str()) => "[FILTERED]".into(),
            // The query of an address may hold what those of this application do.
            Some((address, _)) if address.contains("://") => format!("{address}?…"),
            _ => value.into_owned(),
        };
        [name.to_string(), value]
    });
    html! {
        h2 { "Headers" }
        (table(["Name", "Value"], headers))
    }
}
