//! Reading the body of a request, and telling apart the kinds there are.

use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::{self, Bytes};
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use super::multipart::{Part, is_multipart, parts};
use super::tree::check_number_of_values;
use crate::http::accept::is_json;
use crate::http::state::RequestState;
use crate::http::worker::Worker;
use crate::{Error, Result};

/// The longest body when there is no configuration to say otherwise.
pub(super) const USUAL_LIMIT: usize = 2 * 1024 * 1024;

/// The body of a request, read but not understood.
pub(super) enum Body {
    /// No body, or an empty one.
    None,
    Json(Bytes),
    Form(Bytes),
    Multipart(Vec<Part>),
}

impl Body {
    /// Reads the body.
    ///
    /// # Errors
    /// 400 for a broken one and for JSON of too many values, 408 for a slow one, 413 for a long one, 415 for one that is neither JSON nor a form.
    /// Files of a multipart form are read to their end.
    pub(super) async fn of(request: &HttpRequest, payload: &mut Payload) -> Result<Self> {
        // A form with files may have been read already, to know its method.
        if let Some(parts) = RequestState::existing(request).and_then(|state| state.parts.take()) {
            return Ok(Body::Multipart(parts));
        }
        if matches!(payload, Payload::None) {
            return Ok(Body::None);
        }
        if is_multipart(request) {
            return Ok(Body::Multipart(parts(request, payload).await?));
        }
        let kind = Kind::of(request);
        let bytes = read_body(request, payload).await?;
        if bytes.is_empty() {
            return Ok(Body::None);
        }
        match kind? {
            Kind::Json => {
                check_number_of_values(&bytes)?;
                Ok(Body::Json(bytes))
            }
            Kind::Form => Ok(Body::Form(bytes)),
        }
    }
}

enum Kind {
    Json,
    Form,
}

impl Kind {
    fn of(request: &HttpRequest) -> Result<Self> {
        let utf8 = request
            .encoding()
            .is_ok_and(|encoding| encoding.name() == "UTF-8");
        let content_type = request.content_type();
        let essence = content_type.trim();
        if utf8 && is_json(essence) {
            return Ok(Kind::Json);
        }
        if utf8 && essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Ok(Kind::Form);
        }
        let found = match request.headers().get(header::CONTENT_TYPE) {
            Some(value) => format!("not `{}`", String::from_utf8_lossy(value.as_bytes())),
            None => "and has to say so in `Content-Type`".into(),
        };
        Err(Error::http(
            415,
            format!(
                "The body has to be `application/json`, `application/x-www-form-urlencoded` or `multipart/form-data` in UTF-8, {found}."
            ),
        ))
    }
}

/// Reads the body up to the configured length.
///
/// # Errors
/// 400 for a broken body, 408 for one that does not arrive in time, 413 for one that is too long.
pub(crate) async fn read_body(request: &HttpRequest, payload: &mut Payload) -> Result<Bytes> {
    let limit = request
        .app_data::<Rc<Worker>>()
        .map_or(USUAL_LIMIT, |worker| {
            worker.app().config().server.body_limit
        });
    check_announced(request, limit)?;
    let payload = web::Payload::from_request(request, payload).await;
    let payload = payload.map_err(|_| broken("cannot be read"))?;
    match payload.to_bytes_limited(limit).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => Err(unreadable(&error)),
        Err(_) => Err(too_long(limit)),
    }
}

/// Refuses a body that says itself that it is too long, before any of it is read.
///
/// # Errors
/// 413.
pub(super) fn check_announced(request: &HttpRequest, limit: usize) -> Result<()> {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    match length {
        Some(length) if length > limit as u64 => Err(too_long(limit)),
        _ => Ok(()),
    }
}

fn unreadable(error: &actix_web::Error) -> Error {
    unreadable_payload(error.as_error::<PayloadError>())
}

/// What a body that broke off is answered with.
pub(super) fn unreadable_payload(error: Option<&PayloadError>) -> Error {
    match error {
        Some(PayloadError::Io(error)) if error.kind() == std::io::ErrorKind::TimedOut => {
            Error::http(408, "The body did not arrive in time.")
        }
        Some(PayloadError::Incomplete(_)) => broken("ended before it was complete"),
        _ => broken("cannot be read"),
    }
}

pub(super) fn broken(fault: &str) -> Error {
    Error::http(400, format!("The body {fault}."))
}

pub(super) fn too_long(limit: usize) -> Error {
    Error::http(413, format!("The body is longer than {limit} bytes."))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use actix_web::test::TestRequest;

    use super::*;
    use crate::mutation;

    #[test]
    fn the_header_content_type_withstands_any_bytes() {
        let parse = |bytes: &[u8]| {
            let Ok(value) = HeaderValue::from_bytes(bytes) else {
                return;
            };
            let request = TestRequest::default().insert_header((header::CONTENT_TYPE, value));
            let request = request.to_http_request();
            match Kind::of(&request) {
                Ok(_) => assert!(!is_multipart(&request), "two kinds"),
                Err(error) => assert_eq!(error.status(), 415),
            }
        };
        let examples = [
            "application/json; charset=utf-8",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=\"x\"",
        ];
        let words = [
            ";",
            "/",
            "=",
            "charset=",
            "latin1",
            "\"",
            "+json",
            "boundary=",
            " ",
            "\\",
            ",",
        ];
        mutation::withstands(&examples, &words, parse);
        for worst in [";", "a/b;", "; charset=utf-8", "+json", "\"", " "] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }
}
