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
use crate::application::App;
use crate::controller::{Response, json, known_parameters};
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
        }
    }

    /// A failure that is nothing but its status.
    pub(crate) fn plain(status: StatusCode) -> Failure<'static> {
        Failure {
            status,
            chain: Vec::new(),
            message: None,
            errors: None,
        }
    }

    /// The answer.
    pub(crate) fn response(&self, app: &App, request: &HttpRequest) -> Response {
        let mut response = match app.environment().is_production() {
            _ if wants_json(request) => self.json(app),
            true => self.silent_page(app),
            false => self.telling_page(app, request),
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

    /// The page of development: the error, its causes, the request, and for a missing page the routes.
    fn telling_page(&self, app: &App, request: &HttpRequest) -> Response {
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
            p class="soft" { (request.method()) " " code { (request.path()) } }
            @if self.chain.len() > 1 {
                h2 { "Caused by" }
                @for cause in &self.chain[1..] { pre { (cause) } }
            }
            @if is_missing { (routes(app.routes())) }
            (details(request))
        };
        page(self.status, &title, &content)
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

/// Parameters and headers of a request, without secrets.
fn details(request: &HttpRequest) -> Markup {
    let parameters = without_secrets(known_parameters(request).into());
    let parameters = serde_json::to_string_pretty(&parameters).unwrap_or_default();
    let headers = request.headers().iter().map(|(name, value)| {
        let value = match is_secret_name(name.as_str()) {
            true => "[FILTERED]".into(),
            false => String::from_utf8_lossy(value.as_bytes()).into_owned(),
        };
        [name.to_string(), value]
    });
    html! {
        @if parameters != "{}" { h2 { "Parameters" } pre { (parameters) } }
        h2 { "Headers" }
        (table(["Name", "Value"], headers))
    }
}
