//! Sockets, workers and signals.

use std::net::TcpListener;

use actix_web::HttpServer;
use actix_web::dev::fn_service;

use super::App;
use crate::http::dispatch::{Worker, dispatch};
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
    HttpServer::new(move || {
        let worker = Worker::new(app.clone());
        let mut actix = actix_web::App::new().app_data(worker.clone());
        for configure in app.configure() {
            actix = actix.configure(|config| configure(config));
        }
        actix.default_service(fn_service(move |request| dispatch(worker.clone(), request)))
    })
    .workers(config.workers)
    .listen(listener)?
    .run()
    .await?;
    Ok(())
}
