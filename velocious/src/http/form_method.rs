//! What is read of a form before it is routed: the methods that HTML forms cannot send, which are sent with POST and
//! named in the field `_method`, and the token.

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::Method;
use actix_web::web::Bytes;

use super::state::RequestState;
use crate::Result;
use crate::controller::{is_multipart, parts, read_body};

/// The fields of a form that matter before it is routed.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// The method in the field `_method`, if it is one that forms cannot send.
    pub(crate) method: Option<Method>,
    /// The field `csrf_token`.
    pub(crate) token: Option<String>,
}

/// Reads a form; its body is left for whoever reads it next. An empty one for any other body.
///
/// # Errors
/// When the body cannot be read.
pub(crate) async fn read_form(request: &mut ServiceRequest) -> Result<Form> {
    if is_multipart(request.request()) {
        return multipart_form(request).await;
    }
    let body = form_body(request).await?;
    Ok(body.map_or_else(Form::default, |body| Form {
        method: field(&body, "_method=").and_then(method_named),
        token: field(&body, "csrf_token=").map(|token| String::from_utf8_lossy(token).into_owned()),
    }))
}

async fn multipart_form(request: &mut ServiceRequest) -> Result<Form> {
    let (head, payload) = request.parts_mut();
    let read = parts(head, payload).await?;
    request.set_payload(Payload::None);
    let last = |name: &str| {
        let part = read.iter().rfind(|part| part.name == name)?;
        part.text().map(str::to_owned)
    };
    let form = Form {
        method: last("_method").and_then(|name| method_named(name.as_bytes())),
        token: last("csrf_token"),
    };
    RequestState::of(request.request())
        .parts
        .replace(Some(read));
    Ok(form)
}

async fn form_body(request: &mut ServiceRequest) -> Result<Option<Bytes>> {
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

/// The last value of a field, as it is written.
fn field<'a>(body: &'a Bytes, name_and_equals: &str) -> Option<&'a [u8]> {
    let pairs = body.split(|byte| *byte == b'&');
    pairs
        .filter_map(|pair| pair.strip_prefix(name_and_equals.as_bytes()))
        .next_back()
}

/// The method of this name, if it is one that forms cannot send.
fn method_named(name: &[u8]) -> Option<Method> {
    [Method::PATCH, Method::PUT, Method::DELETE]
        .into_iter()
        .find(|method| name.eq_ignore_ascii_case(method.as_str().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutation;

    #[test]
    fn only_methods_that_forms_lack_are_taken() {
        let named = |body: &'static str| {
            let body = Bytes::from_static(body.as_bytes());
            field(&body, "_method=").and_then(method_named)
        };
        assert_eq!(named("_method=patch&a=b"), Some(Method::PATCH));
        assert_eq!(named("a=b&_method=DELETE"), Some(Method::DELETE));
        assert_eq!(named("a=_method=put"), None);
        assert_eq!(named("_method=get"), None);
        assert_eq!(named("_method=trace"), None);
        assert_eq!(named(""), None);
    }

    #[test]
    fn a_method_in_a_form_withstands_any_bytes() {
        let parse = |bytes: &[u8]| {
            let body = Bytes::copy_from_slice(bytes);
            let method = field(&body, "_method=").and_then(method_named);
            let named = bytes.windows(8).any(|text| text == b"_method=");
            assert!(method.is_none() || named, "{method:?} was not named");
        };
        let examples = ["_method=patch&a=b", "a=b&_method=DELETE&_method=put"];
        let words = ["_method=", "&", "=", "put", "%", "PATCH", "\0"];
        mutation::withstands(&examples, &words, parse);
        for worst in ["&", "_method=", "_method=put&", "a=b&"] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }
}
