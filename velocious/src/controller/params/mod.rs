//! Parameters of a request, by type.
//!
//! * [`Params`]: the extractor; path over body over query, in one tree; [`FormParams`]: the same for forms that are shown
//!   again with what was typed;
//! * `tree`: the tree, and the brackets of forms; `deserialize`, `access`: from the tree to a type;
//! * `place`, `placeholder`, `fault`, `read`: how every wrong field is found, not only the first one;
//! * `body`: reading and telling apart the kinds of bodies; `multipart`: forms with files, [`Upload`]: one of the files.

mod access;
mod body;
mod deserialize;
mod fault;
mod form;
mod multipart;
mod place;
mod placeholder;
mod read;
mod tree;
mod upload;

use std::any::type_name;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

use self::body::Body;
use self::fault::Fault;
use super::LocalBoxFuture;
use crate::http::state::RequestState;
use crate::{Error, Result, logging};

pub(crate) use self::body::read_body;
pub use self::form::FormParams;
pub(crate) use self::multipart::{Part, is_multipart, parts};
pub(crate) use self::tree::{Node, Tree, is_well_formed};
pub use self::upload::Upload;
pub(crate) use self::upload::remove_leftovers;

/// The parameters of a request as a `T`: those of its path over those of its body over those of its query.
///
/// The body may be JSON, a form or a multipart form, whose files are [`Upload`]s. Names in forms and queries nest as in Rails: `post[title]` is the field `title`
/// of the field `post`, `tags[]` adds to the list `tags`. Text in paths, forms and queries becomes numbers, booleans
/// and dates where the type asks for them; an empty text becomes `None` where it asks for an `Option` of anything but
/// text. An `Option` of an `Option` tells what was not sent (`None`) from what was sent empty (`Some(None)`). JSON has
/// to have the right types by itself. What the type does not name is ignored.
///
/// Every field that is missing or of the wrong type is named in the answer, which has status 422. Malformed JSON
/// and malformed text are answered with 400, a body that is too long with 413, one that is neither JSON nor a form
/// with 415.
///
/// ```
/// use velocious::{Context, Params, Response, Result};
///
/// #[derive(serde::Deserialize)]
/// struct PostParams {
///     post: PostFields,
/// }
///
/// #[derive(serde::Deserialize)]
/// struct PostFields {
///     title: String,
///     #[serde(default)]
///     published: bool,
/// }
///
/// async fn create(_: Context, Params(params): Params<PostParams>) -> Result<Response> {
///     Ok(Response::Ok().body(params.post.title))
/// }
/// # let _ = create;
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Params<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let body = Body::of(&request, &mut payload).await?;
            extract(&request, &body).map(Params)
        })
    }
}

fn extract<T: DeserializeOwned>(request: &HttpRequest, body: &Body) -> Result<T> {
    let bare = request.match_info().is_empty() && request.query_string().is_empty();
    // The usual request of an API: nothing to merge, and most often nothing wrong. `null` is read below, where an
    // `Option` of an `Option` is understood.
    if bare
        && !logging::requests_are_read()
        && let Body::Json(bytes) = body
        && !bytes.windows(4).any(|four| four == b"null")
        && let Ok(value) = serde_json::from_slice(bytes)
    {
        return Ok(value);
    }
    read::read(&noted(request, body)?).map_err(|misfit| refused::<T>(misfit.faults))
}

/// One tree of all parameters, of which the log is told.
fn noted(request: &HttpRequest, body: &Body) -> Result<Node> {
    let tree = merged(request, body)?;
    if logging::requests_are_read() {
        let json = serde_json::to_string(&logging::without_secrets(tree.clone()));
        *RequestState::of(request).parameters.borrow_mut() = json.ok();
    }
    Ok(tree)
}

/// The error that names every field of a `T` that does not fit.
fn refused<T>(faults: Vec<Fault>) -> Error {
    fault::invalid(short_name(type_name::<T>()), faults)
}

/// One tree of all parameters.
fn merged(request: &HttpRequest, body: &Body) -> Result<Node> {
    let mut tree = Tree::from_query(request.query_string())?;
    match body {
        Body::None => {}
        Body::Form(bytes) => tree.put_all(Tree::from_form(bytes)?),
        Body::Multipart(parts) => tree.put_all(Tree::from_parts(parts)?),
        Body::Json(bytes) => tree.put_all(Tree::from_json(bytes)?),
    }
    put_path(request, &mut tree);
    Ok(tree.into())
}

/// The parameters of a request that can be had without its body, for the log and for error pages.
pub(crate) fn known_parameters(request: &HttpRequest) -> Tree {
    let mut tree = Tree::from_query(request.query_string()).unwrap_or_default();
    put_path(request, &mut tree);
    tree
}

fn put_path(request: &HttpRequest, tree: &mut Tree) {
    for (name, text) in request.match_info().iter() {
        let text = percent_decode_str(text).decode_utf8_lossy().into_owned();
        tree.put(name, Node::Form(text));
    }
}

/// `PostParams` of `shop::controllers::posts::PostParams`.
fn short_name(path: &'static str) -> &'static str {
    let generic = path.find('<').unwrap_or(path.len());
    let start = path[..generic].rfind("::").map_or(0, |colons| colons + 2);
    &path[start..]
}

#[cfg(test)]
mod tests;
