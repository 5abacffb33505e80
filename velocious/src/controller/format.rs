//! Answers in the format that a request asks for.

use std::fmt;

use super::{Context, LocalBoxFuture, Response};
use crate::http::accept;
use crate::{Error, Result};

/// The formats that an action can answer in, made by [`Context::respond_to`]. Awaiting it answers in the one that the
/// request's header `Accept` asks for most, or fails with 406 when it takes none of them.
///
/// ```
/// use velocious::prelude::*;
/// use velocious::view::html;
///
/// async fn index(ctx: Context) -> Result<Response> {
///     let names = ["a", "b"];
///     ctx.respond_to()
///         .html(async || ctx.render(html! { @for name in names { p { (name) } } }))
///         .json(async || ctx.render_json(&names))
///         .format("text/csv", async || Ok(Response::Ok().content_type("text/csv").body("a\nb\n")))
///         .await
/// }
/// # let _ = index;
/// ```
#[must_use = "nothing is answered unless this is awaited"]
pub struct Formats<'a> {
    context: &'a Context,
    offers: Vec<Offer<'a>>,
}

/// A content type, and how to answer in it.
struct Offer<'a> {
    kind: &'static str,
    answer: Box<dyn FnOnce() -> LocalBoxFuture<'a, Result<Response>> + 'a>,
}

impl<'a> Formats<'a> {
    pub(super) fn of(context: &'a Context) -> Self {
        Formats {
            context,
            offers: Vec::new(),
        }
    }

    /// Answers with a page.
    pub fn html(self, answer: impl AsyncFnOnce() -> Result<Response> + 'a) -> Self {
        self.format("text/html", answer)
    }

    /// Answers with JSON.
    pub fn json(self, answer: impl AsyncFnOnce() -> Result<Response> + 'a) -> Self {
        self.format("application/json", answer)
    }

    /// Answers in another format, by its content type. Of two that are equally welcome, the first is answered.
    pub fn format(
        mut self,
        kind: &'static str,
        answer: impl AsyncFnOnce() -> Result<Response> + 'a,
    ) -> Self {
        let answer =
            Box::new(move || -> LocalBoxFuture<'a, _> { Box::pin(async move { answer().await }) });
        self.offers.push(Offer { kind, answer });
        self
    }
}

impl<'a> IntoFuture for Formats<'a> {
    type Output = Result<Response>;
    type IntoFuture = LocalBoxFuture<'a, Result<Response>>;

    fn into_future(mut self) -> Self::IntoFuture {
        let kinds: Vec<_> = self.offers.iter().map(|offer| offer.kind).collect();
        self.context.varies_by_accept();
        match accept::choose(self.context.request(), &kinds) {
            Some(index) => (self.offers.swap_remove(index).answer)(),
            None => {
                let error = not_acceptable(&kinds);
                Box::pin(async { Err(error) })
            }
        }
    }
}

fn not_acceptable(kinds: &[&str]) -> Error {
    let kinds = kinds.join(", ");
    Error::http(406, format!("This can be had as {kinds} only."))
}

impl fmt::Debug for Formats<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = self.offers.iter().map(|offer| offer.kind);
        f.debug_list().entries(kinds).finish()
    }
}
