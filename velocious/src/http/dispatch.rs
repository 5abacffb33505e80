//! The one function every request goes through.

use std::rc::Rc;

use actix_web::HttpRequest;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, STRICT_TRANSPORT_SECURITY};
use actix_web::http::{ConnectionType, Method, StatusCode};

#[cfg(feature = "compression")]
use super::compression::compress;
use super::cors::Cors;
use super::current::Within;
use super::deadline::with_deadline;
use super::error_page::{Failure, chain};
use super::file::public_file;
use super::form_method::read_form;
use super::guard::Sender;
use super::panic::CatchPanic;
use super::state::RequestState;
use super::time_limit::Limited;
use super::worker::{REQUEST_ID, Worker};
use super::{client, cors, csrf, guard, headers, health, session, state, welcome};
use crate::application::{ErrorContext, ErrorEvent};
use crate::config::LogFormat;
use crate::controller::{Action, Response};
use crate::logging::{RequestLog, one_line};
use crate::routing::router::{Found, Lookup};
use crate::{Error, Result};

/// Answers one request.
///
/// # Errors
/// None: whatever goes wrong is a response.
pub(crate) async fn dispatch(
    worker: Rc<Worker>,
    request: ServiceRequest,
) -> Result<ServiceResponse, actix_web::Error> {
    let id = worker.request_id(request.request());
    let log = RequestLog::start(&id, request.request(), worker.app().config());
    let answered = worker.answer(request, &id).await;
    Ok(complete(&worker, id, log, answered).await)
}

/// Everything that an answer gets, wherever it comes from: cookies, the end of the log, headers.
pub(super) async fn complete(
    worker: &Worker,
    id: HeaderValue,
    log: RequestLog,
    answered: Answered<'_>,
) -> ServiceResponse {
    let Answered {
        request,
        mut response,
        action,
    } = answered;
    if session::is_changed(&request)
        && let Err(error) = Box::pin(session::save(&request, worker)).await
    {
        response = worker.failure(&request, &error, action, &id);
    }
    if let Err(error) = state::finish(worker, &request, &mut response) {
        response = worker.failure(&request, &error, action, &id);
    }
    log.finish(&id, &request, action, response.status().as_u16());
    if let Some(cors) = &worker.cors {
        cors.mark(&request, response.headers_mut());
    }
    headers::name_type(&mut response);
    #[cfg(feature = "compression")]
    if worker.app().config().server.compression {
        response = Box::pin(compress(worker, &request, response)).await;
    }
    headers::secure(response.headers_mut(), &worker.policy, &request);
    if let Some(hsts) = &worker.hsts {
        headers::add(response.headers_mut(), STRICT_TRANSPORT_SECURITY, hsts);
    }
    response.headers_mut().insert(REQUEST_ID, id);
    if worker.app().is_stopping() {
        response
            .head_mut()
            .set_connection_type(ConnectionType::Close);
    }
    ServiceResponse::new(request, response)
}

/// A request, its answer, and the action that gave it, if any did.
pub(super) struct Answered<'a> {
    pub(super) request: HttpRequest,
    pub(super) response: Response,
    pub(super) action: Option<&'a Action>,
}

/// Where a request goes.
enum Destination {
    /// To the route at this index, with these parameters.
    Route(usize, Vec<(&'static str, String)>),
    /// Nowhere: a browser only asks what a page of another origin may send.
    Preflight(Response),
    /// To nothing with this method, but to something with these.
    OtherMethods(Vec<Method>),
    Nothing,
}

impl Worker {
    async fn answer(&self, mut request: ServiceRequest, id: &HeaderValue) -> Answered<'_> {
        let destination = match self.destination(&mut request).await {
            Ok(Destination::Route(index, parameters)) => {
                return self.act(request, index, parameters, id).await;
            }
            other => other,
        };
        let (request, _) = request.into_parts();
        let response = match destination {
            Ok(Destination::Preflight(response)) => response,
            Ok(Destination::OtherMethods(methods)) => self.other_methods(&request, &methods),
            Err(error) => {
                let mut response = self.failure(&request, &error, None, id);
                end_if_unclear(&mut response);
                response
            }
            // What is rare is boxed, so that the usual request has a small future.
            Ok(_) => Box::pin(self.unrouted(&request)).await,
        };
        Answered {
            request,
            response,
            action: None,
        }
    }

    /// Calls the action of a route.
    async fn act(
        &self,
        mut request: ServiceRequest,
        index: usize,
        parameters: Vec<(&'static str, String)>,
        id: &HeaderValue,
    ) -> Answered<'_> {
        for (name, value) in parameters {
            request.match_info_mut().add_static(name, value);
        }
        let (request, payload) = request.into_parts();
        let action = &self.actions[index];
        let response = match self.pending.response(self.app(), &request).await {
            Some(response) => response,
            None => {
                if session::is_in_database(self)
                    && let Err(error) = Box::pin(session::load(&request, self)).await
                {
                    let response = self.failure(&request, &error, Some(action), id);
                    return Answered {
                        request,
                        response,
                        action: Some(action),
                    };
                }
                let is_shown = self.app().environment().is_development();
                let within = Within {
                    statements: is_shown.then(|| RequestState::of(&request).statements.clone()),
                    request: Some(request.clone()),
                    db: Some(self.app().db()),
                    action: action.call(request.clone(), payload),
                    locale: None,
                };
                let limit = || self.time_limit(RequestState::existing(&request).as_deref());
                let called = Limited::new(CatchPanic(within), limit).await;
                let response = called.unwrap_or_else(Response::from_error);
                self.explained(&request, response, Some(action), id)
            }
        };
        Answered {
            request,
            response,
            action: Some(action),
        }
    }

    /// What is looked at before a request goes anywhere.
    pub(super) fn admit(&self, request: &mut ServiceRequest) -> Result<Sender> {
        let server = &self.app().config().server;
        let (_, payload) = request.parts_mut();
        *payload = with_deadline(payload.take(), server.body_timeout);
        guard::check_size(request.request(), server)?;
        let security = &self.app().config().security;
        let environment = self.app().environment();
        client::check_host(request.request(), security, environment, &self.known_host)?;
        let cors = self.cors.as_ref();
        let sender = guard::check(request.request(), &security.trusted_origins, cors)?;
        if sender == Sender::Shared && !cors.is_some_and(Cors::has_credentials) {
            cors::without_cookies(request.request());
        }
        Ok(sender)
    }

    /// The answer to what a browser asks before it sends a request for a page of another origin.
    pub(super) fn preflight(&self, request: &HttpRequest) -> Result<Option<Response>> {
        match &self.cors {
            Some(cors) => cors.preflight(self.app(), request),
            None => Ok(None),
        }
    }

    /// Checks a request and finds where it goes; a form's own method becomes the request's.
    async fn destination(&self, request: &mut ServiceRequest) -> Result<Destination> {
        let sender = self.admit(request)?;
        if let Some(response) = self.preflight(request.request())? {
            return Ok(Destination::Preflight(response));
        }
        let router = self.app().router();
        let may_name_method = *request.method() == Method::POST
            && router.takes_method_override(request.match_info().as_str());
        if may_name_method || sender == Sender::Silent {
            let form = Box::pin(read_form(request)).await?;
            if sender == Sender::Silent {
                csrf::check(request.request(), self, &form)?;
            }
            if may_name_method && let Some(method) = form.method {
                let permits = |cors: &Cors| cors.permits(&method);
                if sender == Sender::Shared && !self.cors.as_ref().is_some_and(permits) {
                    return Err(guard::foreign());
                }
                request.head_mut().method = method;
            }
        }
        let found = router.find(request.method(), request.match_info().as_str());
        Ok(match found {
            Lookup::Route(found) => owned(found),
            Lookup::OtherMethods(methods) => Destination::OtherMethods(methods),
            Lookup::Nothing => Destination::Nothing,
        })
    }

    /// The answer of a path that has no route for this method: 204 to OPTIONS, else 405.
    fn other_methods(&self, request: &HttpRequest, methods: &[Method]) -> Response {
        let mut response = match *request.method() {
            Method::OPTIONS => Response::new(StatusCode::NO_CONTENT),
            _ => Failure::plain(StatusCode::METHOD_NOT_ALLOWED).response(self.app(), request),
        };
        let names = methods.iter().map(Method::as_str).chain(["OPTIONS"]);
        let allow = names.collect::<Vec<_>>().join(", ");
        if let Ok(allow) = HeaderValue::try_from(allow) {
            response.headers_mut().insert(ALLOW, allow);
        }
        response
    }

    /// The answer of a path without a route: a file of `public/`, one of the framework's own pages, else 404.
    async fn unrouted(&self, request: &HttpRequest) -> Response {
        let app = self.app();
        if let Some(response) = public_file(app, request).await {
            return response;
        }
        if request.method().is_safe() {
            match request.path() {
                "/up" => return health::health(app).await,
                "/" if !app.environment().is_production() => return welcome::welcome(app).await,
                _ => {}
            }
        }
        Failure::plain(StatusCode::NOT_FOUND).response(app, request)
    }

    /// The answer to an error of the framework's own type.
    pub(super) fn failure(
        &self,
        request: &HttpRequest,
        error: &Error,
        action: Option<&Action>,
        id: &HeaderValue,
    ) -> Response {
        self.log_failure(id, error.status(), &chain(error.as_error()));
        if error.status() >= 500 {
            self.tell(request, error.as_error(), action, id);
        }
        Failure::of(error).response_to(self.app(), request, action)
    }

    /// Logs why a request failed: loudly when that is the server's fault.
    fn log_failure(&self, id: &HeaderValue, status: u16, chain: &[String]) {
        let request_id = id.to_str().unwrap_or_default();
        // What came with the request may be part of a message, and must not look like a line of its own.
        let lines: Vec<_> = chain.iter().map(|message| one_line(message)).collect();
        let is_ours = status >= 500;
        if self.app().config().log.format == LogFormat::Json {
            let (error, causes) = lines
                .split_first()
                .map_or(("", &[][..]), |(error, causes)| (&**error, causes));
            let causes = (!causes.is_empty()).then(|| causes.join("; "));
            match is_ours {
                true => {
                    tracing::error!(target: "velocious::request", request_id, status, causes, "{error}")
                }
                false => {
                    tracing::info!(target: "velocious::request", request_id, status, causes, "{error}")
                }
            }
            return;
        }
        let chain = lines.join("\n  caused by: ");
        match is_ours {
            true => tracing::error!(target: "velocious::request", "[{request_id}] {chain}"),
            false => tracing::info!(target: "velocious::request", "[{request_id}] {chain}"),
        }
    }

    /// Tells those who want to know of errors.
    fn tell(
        &self,
        request: &HttpRequest,
        error: &(dyn std::error::Error + 'static),
        action: Option<&Action>,
        id: &HeaderValue,
    ) {
        let events = self.app().error_events();
        if events.is_empty() {
            return;
        }
        let context = ErrorContext {
            stage: if action.is_some() {
                "controller-action"
            } else {
                "request-runner"
            },
            action: action.map(|action| format!("{action:?}")),
            method: request.method().to_string(),
            path: request.path().to_owned(),
            request_id: id.to_str().unwrap_or_default().to_owned(),
        };
        events.emit(&ErrorEvent::of_request(error, context));
    }

    /// The page for the error that an action, or one of its extractors, ended with; any other answer as it is.
    pub(super) fn explained(
        &self,
        request: &HttpRequest,
        response: Response,
        action: Option<&Action>,
        id: &HeaderValue,
    ) -> Response {
        let Some(error) = response.error() else {
            return response;
        };
        if let Some(error) = error.as_error::<Error>() {
            return self.failure(request, error, action, id);
        }
        if response.status().is_server_error() {
            let told = crate::Error::message(error.to_string());
            self.tell(request, told.as_error(), action, id);
        }
        self.log_failure(id, response.status().as_u16(), &[error.to_string()]);
        // An error of actix that brings an answer of its own keeps it.
        let kind = response
            .headers()
            .get(CONTENT_TYPE)
            .map(HeaderValue::as_bytes);
        if kind.is_some_and(|kind| !kind.starts_with(b"text/plain")) {
            return response;
        }
        Failure::of_actix(error, response.status()).response_to(self.app(), request, action)
    }
}

/// Ends the connection after a request that was refused for what it is: what follows may be part of it.
pub(super) fn end_if_unclear(response: &mut Response) {
    if matches!(response.status().as_u16(), 400 | 408 | 413 | 414 | 431) {
        let head = response.head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
}

/// The parameters as texts of their own, because the request they are part of is about to change.
fn owned(found: Found<'_>) -> Destination {
    let parameters = found.parameters.into_iter();
    let parameters = parameters.map(|(name, value)| (name, value.to_owned()));
    Destination::Route(found.index, parameters.collect())
}
