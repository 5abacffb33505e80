//! Serving an application: sockets, workers and signals.
//!
//! A stop answers every request that was accepted. First nothing new is let in (`door`), and every answer from then
//! on is the last one of its connection; after a moment, in which connections that were just made can still send
//! their request, actix finishes what it is at and closes the rest.

use std::io::Write;
use std::time::Duration;

use actix_web::dev::{
    Server, ServerHandle, ServiceFactory, ServiceRequest, ServiceResponse, fn_service,
};
use actix_web::middleware::from_fn;
use actix_web::rt::time::sleep;
use actix_web::rt::{self, net::TcpStream};
use actix_web::web::{self, FormConfig, JsonConfig, PayloadConfig};

use super::App;
use super::connection::connections;
use super::door::Door;
use super::signal::Signals;
use crate::controller::{Response, remove_leftovers};
use crate::error::keep_traces;
use crate::http::catch_panics;
use crate::http::dispatch::dispatch;
use crate::http::mounted::mounted;
use crate::http::worker::Worker;
use crate::{Error, Result};

/// Serves `app` until a signal stops it.
///
/// # Errors
/// When the address, or the path of a socket, cannot be listened on.
pub(crate) async fn serve(app: App) -> Result<()> {
    let door = Door::of(&app.config().server)?;
    serve_at(app, door).await
}

/// The same, where somebody has listened already.
pub(super) async fn serve_at(app: App, door: Door) -> Result<()> {
    let config = app.config().server.clone();
    let signals = Signals::new()?;
    catch_panics();
    remove_leftovers();
    warn_of_pending(&app).await;
    let mut server = Server::build()
        .workers(config.workers)
        .shutdown_timeout(config.shutdown_timeout.as_secs())
        .disable_signals();
    let signal = server.graceful_shutdown_signal();
    let stopping = move || {
        let signal = signal.clone();
        async move { signal.notified().await }
    };
    for listener in door.listeners()? {
        let (app, stopping) = (app.clone(), stopping.clone());
        server = server.listen("http", listener, move || {
            let peer = |stream: &TcpStream| stream.peer_addr().ok();
            connections(app.clone(), peer, stopping.clone())
        })?;
    }
    #[cfg(unix)]
    if let Some(socket) = &door.local {
        let app = app.clone();
        server = server.listen_uds("http", socket.listener()?, move || {
            let nobody = |_: &rt::net::UnixStream| None;
            connections(app.clone(), nobody, stopping.clone())
        })?;
    }
    let server = server.run();
    announce(&app, &door);
    rt::spawn(stop_at_signal(app, server.handle(), door, signals));
    server.await?;
    Ok(())
}

fn announce(app: &App, door: &Door) {
    let workers = match app.config().server.workers {
        1 => "1 worker".into(),
        workers => format!("{workers} workers"),
    };
    // Whoever reads the output may have gone.
    let _ = writeln!(
        std::io::stdout(),
        "{} listens on {} ({}, {workers}). Ctrl-C stops it.",
        app.name(),
        door.names().join(" and "),
        app.environment()
    );
    if app.config().security.cookie_secret_is_derived {
        tracing::info!(
            "the secret of cookies is derived from the application's name, which is no secret: production needs `VELOCIOUS_COOKIE_SECRET`"
        );
    }
}

/// Development shows a page for migrations that are pending; everywhere else the log says so.
async fn warn_of_pending(app: &App) {
    if app.environment().is_development() {
        return;
    }
    if let Ok(pending) = app.migrator().pending().await
        && !pending.is_empty()
    {
        tracing::warn!("{} migrations are pending: run `db:migrate`", pending.len());
    }
}

/// Stops the server gently at the first signal, at once at the second.
async fn stop_at_signal(app: App, server: ServerHandle, door: Door, mut signals: Signals) {
    signals.next().await;
    app.stop();
    tracing::info!("stopping: requests that were accepted are answered first");
    let gently = stop(server.clone(), door, grace(&app));
    rt::spawn(async move {
        signals.next().await;
        server.stop(false).await;
    });
    gently.await;
}

async fn stop(server: ServerHandle, door: Door, grace: Duration) {
    door.close();
    sleep(grace).await;
    drop(door);
    server.stop(true).await;
}

/// How long a connection that was just made may take to send its request.
fn grace(app: &App) -> Duration {
    match app.environment().is_production() {
        true => Duration::from_secs(1),
        false => Duration::from_millis(250),
    }
}

/// The application as actix runs it, in one thread: its data, the services that are mounted, then the routes.
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
    // Pages of errors show the code that they come from.
    if app.environment().is_development() && cfg!(debug_assertions) {
        keep_traces();
    }
    let worker = Worker::new(app.clone());
    let limit = app.config().server.body_limit;
    let mut actix = actix_web::App::new()
        .app_data(worker.clone())
        .app_data(PayloadConfig::new(limit))
        .app_data(JsonConfig::default().limit(limit))
        .app_data(FormConfig::default().limit(limit));
    for provide in app.data() {
        actix = actix.configure(|config| provide(config));
    }
    for mount in app.routes().mounts() {
        let worker = worker.clone();
        let scope = web::scope(mount.path)
            .configure(mount.services)
            .default_service(web::to(async || Err::<Response, _>(no_such_page())))
            .wrap(from_fn(move |request, next| {
                mounted(worker.clone(), request, next)
            }));
        actix = actix.service(scope);
    }
    actix.default_service(fn_service(move |request| dispatch(worker.clone(), request)))
}

fn no_such_page() -> Error {
    Error::http(404, "There is no such page.")
}
