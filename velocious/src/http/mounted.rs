//! Services of actix below a path of the routes, with what every other request gets: the checks before, the log, the time
//! limit, the page for what goes wrong, the headers.

use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::HttpRequest;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, Uri};
use actix_web::middleware::Next;
use actix_web::test::TestRequest;

use super::dispatch::{Answered, complete, end_if_unclear};
use super::form_method::read_form;
use super::guard::Sender;
use super::panic::CatchPanic;
use super::state::RequestState;
use super::time_limit::Limited;
use super::worker::Worker;
use super::{csrf, session};
use crate::controller::{LocalBoxFuture, Response};
use crate::database::current::Entered;
use crate::logging::RequestLog;
use crate::{Db, Result};

/// Answers one request with what is mounted.
///
/// # Errors
/// None: whatever goes wrong is a response.
pub(crate) async fn mounted(
    worker: Rc<Worker>,
    mut request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, actix_web::Error> {
    let id = worker.request_id(request.request());
    let log = RequestLog::start(&id, request.request(), worker.app().config());
    let prepared = prepare(&worker, &mut request).await;
    let is_refused = prepared.is_err();
    let (request, response) = match prepared {
        Ok(None) => call(&worker, request, next).await,
        Ok(Some(response)) => (request.into_parts().0, response),
        Err(error) => {
            let (request, _) = request.into_parts();
            (request, Response::from_error(error))
        }
    };
    let mut response = worker.explained(&request, response, None, &id);
    if is_refused {
        end_if_unclear(&mut response);
    }
    let answered = Answered {
        request,
        response,
        action: None,
    };
    Ok(complete(&worker, id, log, answered).await)
}

/// What is looked at and loaded before a request goes on; an answer when it goes no further.
async fn prepare(worker: &Worker, request: &mut ServiceRequest) -> Result<Option<Response>> {
    let sender = worker.admit(request)?;
    if let Some(response) = worker.preflight(request.request())? {
        return Ok(Some(response));
    }
    if sender == Sender::Silent {
        let form = Box::pin(read_form(request)).await?;
        csrf::check(request.request(), worker, &form)?;
    }
    if session::is_in_database(worker) {
        session::load(request.request(), worker).await?;
    }
    Ok(None)
}

/// The answer of the services, or what became of it.
async fn call(
    worker: &Worker,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> (HttpRequest, Response) {
    let sent = Sent::of(&request);
    let state = RequestState::of(request.request());
    let service = WithDb {
        db: Some(worker.app().db()),
        service: Box::pin(async move { next.call(request).await }),
    };
    let limit = || worker.time_limit(Some(&state));
    match Limited::new(CatchPanic(service), limit).await {
        Ok(Ok(response)) => response.into_parts(),
        Ok(Err(error)) => (sent.request(), Response::from_error(error)),
        Err(error) => (sent.request(), Response::from_error(error)),
    }
}

/// What the page for a failure needs of a request. While actix finds a service for it, the request itself can have one
/// owner only, and is gone when the service fails.
struct Sent {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    peer: Option<SocketAddr>,
}

impl Sent {
    fn of(request: &ServiceRequest) -> Self {
        Sent {
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
            peer: request.peer_addr(),
        }
    }

    fn request(self) -> HttpRequest {
        let mut request = TestRequest::default()
            .method(self.method)
            .uri(&self.uri.to_string());
        if let Some(peer) = self.peer {
            request = request.peer_addr(peer);
        }
        for header in self.headers {
            request = request.append_header(header);
        }
        request.to_http_request()
    }
}

/// The future of a service, polled with the application's database as the current one.
struct WithDb<T> {
    /// Not here while the service is at work.
    db: Option<Db>,
    service: LocalBoxFuture<'static, T>,
}

impl<T> Future for WithDb<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let this = &mut *self;
        let _db = Entered::new(&mut this.db);
        this.service.as_mut().poll(cx)
    }
}
