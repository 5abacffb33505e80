//! `/up`: whether this process can answer requests.

use actix_web::http::StatusCode;

use crate::application::App;
use crate::controller::Response;
use crate::value::ValueKind;

/// 200 when the database answers, 503 when it does not or the server is about to stop.
pub(crate) async fn health(app: &App) -> Response {
    let database = app
        .database()
        .rows_sql("SELECT 1", [], &[ValueKind::BigInt])
        .await;
    let (status, text) = match (app.is_stopping(), database) {
        (false, Ok(_)) => (StatusCode::OK, "up\n"),
        (true, _) => (StatusCode::SERVICE_UNAVAILABLE, "stopping\n"),
        (false, Err(error)) => {
            tracing::error!("the database does not answer: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, "down\n")
        }
    };
    Response::build(status)
        .content_type("text/plain; charset=utf-8")
        .insert_header(("cache-control", "no-store"))
        .body(text)
}
