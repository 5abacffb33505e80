//! Parameters of a form that is shown again when they do not fit.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use velocious_naming::snake;

use super::body::Body;
use super::fault::Fault;
use super::tree::Node;
use super::{extract, noted, read, refused};
use crate::Error;
use crate::Result;
use crate::controller::LocalBoxFuture;
use crate::http::accept::wants_json;
use crate::logging::is_secret_name;
use crate::model::{Errors, Record};

/// The parameters of a form as a `T`, of which some may not fit: a text where a number is asked for.
///
/// [`assign_to`](Self::assign_to) hands them to a record, together with what does not fit. The record is not valid then,
/// so that `save` fails as it does when a validation does, and the form that is shown again has what was typed and, at
/// each field, what is wrong with it.
///
/// Whoever sends JSON or asks for it gets the answer of [`Params`](crate::Params), with status 422, before the action is
/// called.
///
/// ```
/// use velocious::prelude::*;
/// use velocious::view::{Markup, form_for, html};
///
/// #[derive(Model)]
/// pub struct Book {
///     pub id: i64,
///     pub pages: i32,
///     pub record: RecordState,
/// }
///
/// #[derive(serde::Deserialize)]
/// pub struct BookParams {
///     book: BookFields,
/// }
///
/// #[derive(serde::Deserialize)]
/// struct BookFields {
///     pages: Option<i32>,
/// }
///
/// impl From<BookFields> for BookChanges {
///     fn from(fields: BookFields) -> Self {
///         BookChanges { pages: fields.pages }
///     }
/// }
/// # mod paths {
/// #     use velocious::routing::RoutePath;
/// #     pub fn books_path() -> RoutePath { RoutePath::raw("/books") }
/// # }
///
/// async fn create(ctx: Context, params: FormParams<BookParams>) -> Result<Response> {
///     let mut book = Book::new();
///     params.assign_to(&mut book, |params| params.book);
///     match book.save(ctx.db()).await {
///         Ok(()) => ctx.redirect(paths::books_path()),
///         Err(error) if error.is_invalid() => ctx.invalid(book.errors(), || form(&book)),
///         Err(error) => Err(error),
///     }
/// }
///
/// fn form(book: &Book) -> Markup {
///     form_for(book, paths::books_path(), |form| html! { (form.number_field(|book| book.pages())) })
/// }
/// # let _ = create;
/// ```
#[derive(Debug)]
#[must_use = "`assign_to` hands the parameters to a record"]
pub struct FormParams<T> {
    /// With something in the places of what does not fit; `None` when there is nothing like it.
    values: Option<T>,
    faults: Vec<Fault>,
    /// What was sent, while something does not fit.
    sent: Node,
}

impl<T> FormParams<T> {
    /// Sets the attributes of a record to what was sent, and has it remember what does not fit, under the names that
    /// [`form_for`](crate::view::form_for) gives its fields. `changes` chooses what is about the record.
    pub fn assign_to<M: Record, C: Into<M::Changes>>(
        self,
        record: &mut M,
        changes: impl FnOnce(T) -> C,
    ) {
        if let Some(values) = self.values {
            record.assign(changes(values));
        }
        record.record_mut().forget_refused();
        let prefix = format!("{}.", snake(M::definition().model));
        for fault in self.faults {
            let path = fault.path.unwrap_or_default();
            let name = path.strip_prefix(&prefix);
            let Some(name) = name.and_then(|name| name.split('.').next()) else {
                let message = format!("`{path}` {}", fault.message);
                record.record_mut().refuse_text(Errors::BASE, None, message);
                continue;
            };
            let text = match is_secret_name(name) {
                true => None,
                false => typed(&self.sent, &path),
            };
            let column = M::definition().column(name);
            let attribute = column.map_or(name, |at| M::definition().attribute_name(at));
            let state = record.record_mut();
            state.refuse_text(attribute, text, fault.message);
        }
    }
}

impl<T> FormParams<T> {
    /// The parameters, if all of them fit.
    ///
    /// # Errors
    /// With every field that does not, as [`Params`](crate::Params) has it; status 422.
    pub fn into_result(self) -> Result<T> {
        match self.values {
            Some(values) if self.faults.is_empty() => Ok(values),
            _ => Err(refused::<T>(self.faults)),
        }
    }
}

/// The text that a form has sent at `path`.
fn typed(sent: &Node, path: &str) -> Option<String> {
    let found = path.split('.').try_fold(sent, |node, name| match node {
        Node::Map(map) => map.get(name),
        _ => None,
    });
    match found? {
        Node::Form(text) => Some(text.clone()),
        Node::Repeated(texts) => match texts.last() {
            Some(Node::Form(text)) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for FormParams<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let body = Body::of(&request, &mut payload).await?;
            let fitting = |values| FormParams {
                values: Some(values),
                faults: Vec::new(),
                sent: Node::Null,
            };
            if matches!(body, Body::Json(_)) || wants_json(&request) {
                return extract(&request, &body).map(fitting);
            }
            let sent = noted(&request, &body)?;
            Ok(match read::read(&sent) {
                Ok(values) => fitting(values),
                Err(misfit) => FormParams {
                    values: misfit.rest,
                    faults: misfit.faults,
                    sent,
                },
            })
        })
    }
}
