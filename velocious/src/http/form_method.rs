//! What is read of a form before it is routed: the methods that HTML forms cannot send, which are sent with POST and
//! named in the field `_method`, and the token.

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::Method;
use actix_web::web::Bytes;

use crate::Result;
use crate::controller::read_body;

/// The body of a form; it is put back for whoever reads it next. `None` for any other body.
///
/// # Errors
/// When the body cannot be read.
pub(crate) async fn form_body(request: &mut ServiceRequest) -> Result<Option<Bytes>> {
    let is_form = request
        .content_type()
        .eq_ignore_ascii_case("application/x-www-form-urlencoded");
    if !is_form {
        return Ok(None);
    }
    let (head, payload) = request.parts_mut();
    let body = read_body(head, payload).await?;
    request.set_payload(match body.is_empty() {
        true => Payload::None,
        false => Payload::from(body.clone()),
    });
    Ok(Some(body))
}

/// The last `_method` of a form, if it is one that forms cannot send.
pub(crate) fn named_method(body: &Bytes) -> Option<Method> {
    let pairs = body.split(|byte| *byte == b'&');
    let named = pairs
        .filter_map(|pair| pair.strip_prefix(b"_method="))
        .next_back()?;
    [Method::PATCH, Method::PUT, Method::DELETE]
        .into_iter()
        .find(|method| named.eq_ignore_ascii_case(method.as_str().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_methods_that_forms_lack_are_taken() {
        let named = |body: &'static str| named_method(&Bytes::from_static(body.as_bytes()));
        assert_eq!(named("_method=patch&a=b"), Some(Method::PATCH));
        assert_eq!(named("a=b&_method=DELETE"), Some(Method::DELETE));
        assert_eq!(named("a=_method=put"), None);
        assert_eq!(named("_method=get"), None);
        assert_eq!(named("_method=trace"), None);
        assert_eq!(named(""), None);
    }
}
