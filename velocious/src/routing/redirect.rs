//! Redirects: routes that lead to another path.

use std::future::ready;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, LOCATION};
use percent_encoding::percent_decode_str;

use super::PathSegment;
use crate::controller::{Action, Filters, Response, action};
use crate::{Error, Result};

/// The action of a route that leads to the path or address `to`, in which the parameters of the route's own path stand
/// in braces. The query of the request goes along, unless `to` has one.
pub fn redirect(to: &'static str, status: u16) -> Action {
    action("", to, Filters::NONE, move |request: HttpRequest| {
        ready(answer(&request, to, status))
    })
}

fn answer(request: &HttpRequest, to: &str, status: u16) -> Result<Response> {
    let mut address = filled(request, to)?;
    if to.starts_with('/') {
        // Two slashes would lead to another host.
        let below = address.trim_start_matches('/').len();
        address.replace_range(..address.len() - below, "/");
    }
    let query = request.query_string();
    if !query.is_empty() && !to.contains(['?', '#']) {
        address.push('?');
        address.push_str(query);
    }
    let mut response = Response::new(StatusCode::from_u16(status)?);
    let location = HeaderValue::from_str(&address)?;
    response.headers_mut().insert(LOCATION, location);
    Ok(response)
}

/// `to` with the request's parameters in it.
fn filled(request: &HttpRequest, to: &str) -> Result<String> {
    let mut address = String::new();
    let mut rest = to;
    while let Some((before, behind)) = rest.split_once('{') {
        address.push_str(before);
        let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
        let text = request.match_info().get(name).unwrap_or_default();
        for (index, segment) in text.split('/').enumerate() {
            if index > 0 {
                address.push('/');
            }
            let decoded = percent_decode_str(segment).decode_utf8();
            let decoded = decoded.map_err(|_| Error::http(404, "There is no such page."))?;
            decoded.push_to(&mut address);
        }
        rest = after;
    }
    address.push_str(rest);
    Ok(address)
}
