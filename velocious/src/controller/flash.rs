//! Messages that outlive a redirect.

use std::rc::Rc;

use actix_web::HttpRequest;

use crate::http::state::RequestState;
use crate::http::worker::Worker;

/// The messages of a request: those for the next page, and those for this one.
///
/// They travel in an encrypted cookie and are gone once a page has shown them.
///
/// ```
/// use velocious::{Context, Response, Result};
///
/// # mod paths {
/// #     use velocious::routing::RoutePath;
/// #     pub fn tasks_path() -> RoutePath { RoutePath::raw("/tasks") }
/// # }
/// async fn create(ctx: Context) -> Result<Response> {
///     ctx.flash().notice("Task was created.");
///     ctx.redirect(paths::tasks_path())
/// }
/// # let _ = create;
/// ```
pub struct Flash {
    pub(super) state: Rc<RequestState>,
    pub(super) request: HttpRequest,
    pub(super) worker: Rc<Worker>,
}

impl Flash {
    /// Tells the next page that something went well.
    pub fn notice(&self, text: impl Into<String>) {
        self.add("notice", text);
    }

    /// Tells the next page that something went wrong.
    pub fn alert(&self, text: impl Into<String>) {
        self.add("alert", text);
    }

    /// Leaves a message of any kind for the next page.
    pub fn add(&self, kind: impl Into<String>, text: impl Into<String>) {
        let message = (kind.into(), text.into());
        self.state.next.borrow_mut().push(message);
    }

    /// Adds a message of any kind to this page, for an action that does not redirect.
    pub fn now(&self, kind: impl Into<String>, text: impl Into<String>) {
        let message = (kind.into(), text.into());
        self.state.now.borrow_mut().push(message);
    }

    /// Kind and text of each message for this page.
    pub fn messages(&self) -> Vec<(String, String)> {
        self.state.messages(&self.request, &self.worker)
    }
}
