//! The first page of an application that has no root route yet.

use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::error_page::routes;
use super::page::page;
use crate::application::App;
use crate::controller::Response;
use crate::migration::MigrationStatus;

/// Shows the application's routes, the state of its migrations and what to do next.
pub(crate) async fn welcome(app: &App) -> Response {
    let content = html! {
        p class="status fine" { "It works." }
        h1 { "Welcome to " (app.name()) }
        p class="soft" {
            "Velocious " (env!("CARGO_PKG_VERSION")) ", environment " (app.environment().name()) ". This page is shown until a route answers "
            code { "/" } "."
        }
        h2 { "The next three commands" }
        pre { (commands().join("\n")) }
        (migrations(app).await)
        (routes(app.routes()))
    };
    page(StatusCode::OK, app.name(), &content)
}

/// Each with what it is for.
fn commands() -> [&'static str; 3] {
    [
        "velocious g:scaffold Post title:string body:text   # a model with its pages",
        "velocious db:migrate                               # its table",
        "velocious routes                                   # what answers now",
    ]
}

async fn migrations(app: &App) -> Markup {
    let statuses = app.migrator().status().await;
    html! {
        h2 { "Migrations" }
        @match &statuses {
            Ok(statuses) if statuses.is_empty() => { p { "There are none yet." } }
            Ok(statuses) => { (super::page::table(["State", "Version", "Name"], statuses.iter().map(row))) }
            Err(error) => { pre { (error.to_string()) } }
        }
    }
}

pub(crate) fn row(status: &MigrationStatus) -> [String; 3] {
    let state = if status.is_applied {
        "applied"
    } else {
        "pending"
    };
    let name = status.name.unwrap_or("(not in this program)");
    [state.into(), status.version.to_string(), name.into()]
}
