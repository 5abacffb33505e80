//! Migrations that wait to be applied: development says so instead of failing at the first missing table.

use std::cell::Cell;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use maud::html;

use super::accept::wants_json;
use super::page::{page, table};
use super::welcome::row;
use crate::application::App;
use crate::controller::{Response, json};
use crate::migration::MigrationStatus;

/// Remembers that nothing is pending, once that has been found.
#[derive(Debug, Default)]
pub(crate) struct PendingMigrations {
    none: Cell<bool>,
}

impl PendingMigrations {
    /// For a worker that never asks.
    pub(crate) fn ignored() -> Self {
        PendingMigrations {
            none: Cell::new(true),
        }
    }

    /// The answer when something is pending. A database that cannot be asked is left to the action to complain about.
    pub(crate) async fn response(&self, app: &App, request: &HttpRequest) -> Option<Response> {
        if self.none.get() {
            return None;
        }
        // Boxed, because every request's future would have room for it otherwise.
        let pending = Box::pin(async { app.migrator().pending().await }).await;
        let pending = pending.unwrap_or_default();
        if pending.is_empty() {
            self.none.set(true);
            return None;
        }
        Some(answer(request, &pending))
    }
}

fn answer(request: &HttpRequest, pending: &[MigrationStatus]) -> Response {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let heading = "Migrations are pending";
    if wants_json(request) {
        let body =
            serde_json::json!({"error": "Migrations are pending: run `velocious db:migrate`."});
        return json(status, &body).unwrap_or_else(|_| Response::new(status));
    }
    let content = html! {
        p class="status" { (status.as_u16()) }
        h1 { (heading) }
        p class="soft" { "The database is behind the program. Apply them, then load this page again:" }
        pre { "velocious db:migrate" }
        (table(["State", "Version", "Name"], pending.iter().map(row)))
    };
    page(status, heading, &content)
}
