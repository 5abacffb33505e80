//! What a request's parameters become, and what is said when they do not fit.
//!
//! * `values`: what they become; `faults`: what is said of those that do not fit;
//! * `limits`: how many and how long they may be; `changed`: bytes that are nearly parameters.

mod changed;
mod faults;
mod limits;
mod values;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::*;

/// Status and message, or the parameters, of a request with a body of this content type.
fn read_with<T: DeserializeOwned + 'static>(
    path: &[(&'static str, &'static str)],
    query: &str,
    content_type: &str,
    body: impl Into<Vec<u8>>,
) -> Result<T, String> {
    let mut request = TestRequest::with_uri(&format!("/x?{query}"))
        .method(Method::POST)
        .set_payload(body.into());
    if !content_type.is_empty() {
        request = request.insert_header(("content-type", content_type));
    }
    for (name, text) in path {
        request = request.param(*name, *text);
    }
    let (request, mut payload) = request.to_http_parts();
    let params = Params::<T>::from_request(&request, &mut payload);
    actix_web::rt::System::new()
        .block_on(params)
        .map(|Params(value)| value)
        .map_err(|error| format!("{} {error}", error.status()))
}

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

fn form<T: DeserializeOwned + 'static>(body: &str) -> Result<T, String> {
    read_with(&[], "", FORM, body)
}

fn json<T: DeserializeOwned + 'static>(body: &str) -> Result<T, String> {
    read_with(&[], "", JSON, body)
}

#[derive(Debug, Deserialize, PartialEq)]
struct Nested {
    post: Post,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Post {
    title: String,
    stars: Option<i32>,
    #[serde(default)]
    published: bool,
    #[serde(default)]
    tags: Vec<String>,
}

fn post() -> Nested {
    Nested {
        post: Post {
            title: "Hi there".into(),
            stars: Some(4),
            published: true,
            tags: vec!["a".into(), "b".into()],
        },
    }
}
