//! Sockets, workers and signals.

use std::net::TcpListener;

use actix_web::HttpServer;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse, fn_service};
use actix_web::web::{FormConfig, JsonConfig, PayloadConfig};

use super::App;
use crate::http::dispatch::dispatch;
use crate::http::worker::Worker;
use crate::{Error, Result};

/// Serves `app` until a signal stops it.
///
/// # Errors
/// When the address cannot be used.
pub(crate) async fn serve(app: App) -> Result<()> {
    let config = app.config().server.clone();
    let (host, port) = (config.host.as_str(), config.port);
    let listener = TcpListener::bind((host, port))
        .map_err(|error| Error::message(format!("cannot listen on `{host}:{port}`: {error}")))?;
    eprintln!("Listening on http://{}", listener.local_addr()?);
    HttpServer::new(move || actix_app(app.clone()))
        .workers(config.workers)
        .listen(listener)?
        .run()
        .await?;
    Ok(())
}

/// The application as actix runs it, in one thread: its own services first, then the routes.
pub(crate) fn actix_app(
    app: App,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Response = ServiceResponse,
        Config = (),
        InitError = (),
        Error = actix_web::Error,
    >,
> {
    let worker = Worker::new(app.clone());
    let limit = app.config().server.body_limit;
    let mut actix = actix_web::App::new()
        .app_data(worker.clone())
        .app_data(PayloadConfig::new(limit))
        .app_data(JsonConfig::default().limit(limit))
        .app_data(FormConfig::default().limit(limit));
    for configure in app.configure() {
        actix = actix.configure(|config| configure(config));
    }
    actix.default_service(fn_service(move |request| dispatch(worker.clone(), request)))
}
