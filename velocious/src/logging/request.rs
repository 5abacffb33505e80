//! The lines about a request.
//!
//! ```text
//! [5f0c-2a] Started GET "/tasks/7" for 127.0.0.1 at 2026-02-28 10:30:00 +0000
//! [5f0c-2a] Processing by TasksController#show
//! [5f0c-2a]   Parameters: {"id":"7"}
//! [5f0c-2a] Completed 200 in 1.2 ms
//! ```
//!
//! In the format `json` they are one object with a field for each of these.

use std::fmt::Write;
use std::net::IpAddr;
use std::time::Instant;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use chrono::Utc;
use tracing::Level;

use super::without_secrets;
use crate::config::{Config, LogFormat};
use crate::controller::{Action, known_parameters};
use crate::http::client;
use crate::http::state::RequestState;

/// Takes notes about one request, if anybody reads them.
pub(crate) struct RequestLog(Option<Notes>);

struct Notes {
    started: Instant,
    /// What has been noted so far; nothing where everything becomes fields.
    text: Option<String>,
    remote_ip: Option<IpAddr>,
}

/// Whether requests are logged.
pub(crate) fn is_read() -> bool {
    tracing::enabled!(target: "velocious::request", Level::INFO)
}

impl RequestLog {
    /// Notes that a request has arrived. When statements are logged too, the line is written before theirs.
    #[inline]
    pub(crate) fn start(id: &HeaderValue, request: &HttpRequest, config: &Config) -> Self {
        if !is_read() {
            return RequestLog(None);
        }
        let started = Instant::now();
        let remote_ip = client::address(request, &config.server.trusted_proxies);
        if config.log.format == LogFormat::Json {
            return RequestLog(Some(Notes {
                started,
                text: None,
                remote_ip,
            }));
        }
        let id = id.to_str().unwrap_or_default();
        let mut text = String::with_capacity(256);
        let time = Utc::now().format("%Y-%m-%d %H:%M:%S %z");
        // Writing to a `String` does not fail.
        let _ = write!(
            text,
            "[{id}] Started {} \"{}\" for ",
            request.method(),
            request.path()
        );
        let _ = match remote_ip {
            Some(address) => write!(text, "{address} at {time}"),
            None => write!(text, "- at {time}"),
        };
        if tracing::enabled!(target: "velocious::request", Level::DEBUG) {
            tracing::info!(target: "velocious::request", "{text}");
            text.clear();
        }
        RequestLog(Some(Notes {
            started,
            text: Some(text),
            remote_ip,
        }))
    }

    /// Notes how the request was answered, and writes everything down.
    #[inline]
    pub(crate) fn finish(
        self,
        id: &HeaderValue,
        request: &HttpRequest,
        action: Option<&Action>,
        status: u16,
    ) {
        let Some(Notes {
            started,
            text,
            remote_ip,
        }) = self.0
        else {
            return;
        };
        let id = id.to_str().unwrap_or_default();
        let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
        let Some(mut text) = text else {
            let (method, path) = (request.method().as_str(), request.path());
            tracing::info!(
                target: "velocious::request",
                request_id = id,
                method,
                path,
                status,
                duration_ms = (milliseconds * 1000.0).round() / 1000.0,
                controller = action.map(|action| action.controller),
                action = action.map(|action| action.name),
                params = parameters(request),
                remote_ip = remote_ip.map(tracing::field::display),
                "{method} {path} {status}"
            );
            return;
        };
        let mut line = |content: std::fmt::Arguments<'_>| {
            let separator = if text.is_empty() { "" } else { "\n" };
            let _ = write!(text, "{separator}[{id}] {content}");
        };
        if let Some(action) = action {
            line(format_args!("Processing by {action:?}"));
            if let Some(parameters) = parameters(request) {
                line(format_args!("  Parameters: {parameters}"));
            }
        }
        line(format_args!("Completed {status} in {milliseconds:.1} ms"));
        tracing::info!(target: "velocious::request", "{text}");
    }
}

/// All parameters as JSON when the action has read them, else those of path and query; without secrets.
fn parameters(request: &HttpRequest) -> Option<String> {
    let read = RequestState::existing(request).and_then(|state| state.parameters.take());
    let json = match read {
        Some(json) => json,
        None if request.query_string().is_empty() && request.match_info().is_empty() => {
            return None;
        }
        None => serde_json::to_string(&without_secrets(known_parameters(request).into())).ok()?,
    };
    (json != "{}").then_some(json)
}
