//! What is remembered of a browser from one request to the next.

use std::fmt;
use std::rc::Rc;

use actix_web::HttpRequest;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::remember;
use crate::Result;
use crate::http::session;
use crate::http::state::RequestState;
use crate::http::worker::Worker;

/// What is remembered of a browser from one request to the next: values by name.
///
/// It is kept in an encrypted cookie, or in the database where `session.store` says so, and forgotten when the browser
/// is closed or after two weeks without a request (`session.lifetime_hours`).
///
/// Where somebody signs in, [`reset`](Self::reset) comes first, so that nobody can have planted the session; where they
/// sign out, [`end`](Self::end) it.
///
/// ```
/// use velocious::{Context, Response, Result};
///
/// # mod paths {
/// #     use velocious::routing::RoutePath;
/// #     pub fn root_path() -> RoutePath { RoutePath::raw("/") }
/// # }
/// async fn sign_in(ctx: Context) -> Result<Response> {
///     ctx.session().reset()?;
///     ctx.session().set("user_id", 17)?;
///     ctx.redirect(paths::root_path())
/// }
///
/// async fn whoami(ctx: Context) -> Result<Response> {
///     let user_id: Option<i64> = ctx.session().get("user_id");
///     ctx.render_json(&user_id)
/// }
/// # let _ = (sign_in, whoami);
/// ```
pub struct Session {
    pub(super) state: Rc<RequestState>,
    pub(super) request: HttpRequest,
    pub(super) worker: Rc<Worker>,
}

impl Session {
    /// The value of this name; `None` when there is none, or one of another type.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.with(|session| T::deserialize(session.get(name)?).ok())
    }

    /// Keeps a value under a name.
    ///
    /// # Errors
    /// When the value cannot be JSON.
    pub fn set(&self, name: impl Into<String>, value: impl Serialize) -> Result<()> {
        let value = serde_json::to_value(value)?;
        self.with(|session| session.set(name.into(), value))
    }

    /// Forgets the value of this name.
    pub fn remove(&self, name: &str) {
        self.with(|session| session.remove(name));
    }

    /// Starts another session, with no values and another id: what to do before somebody signs in.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn reset(&self) -> Result<()> {
        self.with(|session| {
            session.end();
            session.renew()
        })
    }

    /// Gives the session another id and keeps its values: what to do when somebody may do more than before.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn renew(&self) -> Result<()> {
        self.with(|session| session.renew())
    }

    /// Ends the session, and forgets whom [`Context::remember`](crate::Context::remember) remembers: what to do when
    /// somebody signs out.
    ///
    /// No copy of the cookie brings it back. Of a session that is kept in cookies only this process knows that it was
    /// ended, and until it stops; another one takes a copy until it expires.
    pub fn end(&self) {
        self.with(session::Session::end);
        remember::forget(&self.request, &self.worker);
    }

    /// What nobody can guess and no two sessions have in common; `None` while nothing is kept.
    pub fn id(&self) -> Option<String> {
        self.with(|session| session.id().map(str::to_owned))
    }

    fn with<T>(&self, act: impl FnOnce(&mut session::Session) -> T) -> T {
        let mut session = self.state.session.borrow_mut();
        let arrived = || session::arrived(&self.request, &self.worker);
        act(session.get_or_insert_with(arrived))
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The values may be anybody's business, and the id is a key.
        f.debug_struct("Session").finish_non_exhaustive()
    }
}
