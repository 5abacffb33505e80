//! The framework's error as an answer.

use actix_web::ResponseError;
use actix_web::http::StatusCode;

use crate::Error;
use crate::controller::Response;

/// What an actix service of the application's own answers with this error: the status, and the message if it is
/// meant for the client. Actions get the error page instead.
impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> Response {
        let status = self.status_code();
        let message = self
            .public_message()
            .unwrap_or_else(|| status.canonical_reason().unwrap_or_default().to_owned());
        Response::build(status)
            .content_type("text/plain; charset=utf-8")
            .body(message)
    }
}
