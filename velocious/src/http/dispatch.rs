//! The one function every request goes through.

use std::rc::Rc;

use actix_web::HttpRequest;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use actix_web::http::{ConnectionType, Method, StatusCode};

use super::deadline::with_deadline;
use super::error_page::Failure;
use super::file::public_file;
use super::form_method::form_method;
use super::panic::CatchPanic;
use super::worker::{REQUEST_ID, Worker};
use super::{guard, headers, health, state, welcome};
use crate::controller::{Action, Response};
use crate::logging::RequestLog;
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
    let log = RequestLog::start(&id, request.request());
    let Answered {
        request,
        mut response,
        action,
    } = worker.answer(request, &id).await;
    state::finish(&worker, &request, &mut response);
    log.finish(&id, &request, action, response.status().as_u16());
    headers::secure(response.headers_mut(), &worker.policy);
    response.headers_mut().insert(REQUEST_ID, id);
    if worker.app().is_stopping() {
        response
            .head_mut()
            .set_connection_type(ConnectionType::Close);
    }
    Ok(ServiceResponse::new(request, response))
}

/// A request, its answer, and the action that gave it, if any did.
struct Answered<'a> {
    request: HttpRequest,
    response: Response,
    action: Option<&'a Action>,
}

/// Where a request goes.
enum Destination {
    /// To the route at this index, with these parameters.
    Route(usize, Vec<(&'static str, String)>),
    /// To nothing with this method, but to something with these.
    OtherMethods(Vec<Method>),
    Nothing,
}

impl Worker {
    async fn answer(&self, mut request: ServiceRequest, id: &HeaderValue) -> Answered<'_> {
        let destination = match self.destination(&mut request).await {
            Ok(destination) => destination,
            Err(error) => {
                let (request, _) = request.into_parts();
                let response = self.failure(&request, &error, id);
                return Answered {
                    request,
                    response,
                    action: None,
                };
            }
        };
        let (index, parameters) = match destination {
            Destination::Route(index, parameters) => (index, parameters),
            Destination::OtherMethods(methods) => {
                let (request, _) = request.into_parts();
                let response = self.other_methods(&request, &methods);
                return Answered {
                    request,
                    response,
                    action: None,
                };
            }
            Destination::Nothing => {
                let (request, _) = request.into_parts();
                // What is rare is boxed, so that the usual request has a small future.
                let response = Box::pin(self.unrouted(&request)).await;
                return Answered {
                    request,
                    response,
                    action: None,
                };
            }
        };
        for (name, value) in parameters {
            request.match_info_mut().add_static(name, value);
        }
        let (request, payload) = request.into_parts();
        let action = &self.actions[index];
        if let Some(response) = self.pending.response(self.app(), &request).await {
            return Answered {
                request,
                response,
                action: Some(action),
            };
        }
        let called = CatchPanic(action.call(request.clone(), payload)).await;
        let mut response = match called {
            Ok(response) => response,
            Err(panicked) => Response::from_error(Error::from(panicked)),
        };
        if response.error().is_some() {
            response = self.failed(&request, response, id);
        }
        Answered {
            request,
            response,
            action: Some(action),
        }
    }

    /// Checks a request and finds where it goes; a form's own method becomes the request's.
    async fn destination(&self, request: &mut ServiceRequest) -> Result<Destination> {
        let limit = self.app().config().server.body_timeout;
        let (_, payload) = request.parts_mut();
        *payload = with_deadline(payload.take(), limit);
        guard::check(
            request.request(),
            &self.app().config().security.trusted_origins,
        )?;
        let router = self.app().router();
        if *request.method() == Method::POST
            && router.takes_method_override(request.match_info().as_str())
            && let Some(method) = Box::pin(form_method(request)).await?
        {
            request.head_mut().method = method;
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
        if let Some(response) = public_file(&app.root().join("public"), request).await {
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

    /// The answer to an error of the framework's own type; what is the server's fault is logged.
    fn failure(&self, request: &HttpRequest, error: &Error, id: &HeaderValue) -> Response {
        let id = id.to_str().unwrap_or_default();
        match error.status() {
            500.. => tracing::error!(target: "velocious::request", "[{id}] {error:?}"),
            _ => tracing::info!(target: "velocious::request", "[{id}] {error}"),
        }
        Failure::of(error).response(self.app(), request)
    }

    /// The page for the error that an action, or one of its extractors, ended with.
    fn failed(&self, request: &HttpRequest, response: Response, id: &HeaderValue) -> Response {
        let Some(error) = response.error() else {
            return response;
        };
        if let Some(error) = error.as_error::<Error>() {
            return self.failure(request, error, id);
        }
        if response.status().is_server_error() {
            let id = id.to_str().unwrap_or_default();
            tracing::error!(target: "velocious::request", "[{id}] {error}");
        }
        // An error of actix that brings an answer of its own keeps it.
        let kind = response
            .headers()
            .get(CONTENT_TYPE)
            .map(HeaderValue::as_bytes);
        if kind.is_some_and(|kind| !kind.starts_with(b"text/plain")) {
            return response;
        }
        Failure::of_actix(error, response.status()).response(self.app(), request)
    }
}

/// The parameters as texts of their own, because the request they are part of is about to change.
fn owned(found: Found<'_>) -> Destination {
    let parameters = found.parameters.into_iter();
    let parameters = parameters.map(|(name, value)| (name, value.to_owned()));
    Destination::Route(found.index, parameters.collect())
}
