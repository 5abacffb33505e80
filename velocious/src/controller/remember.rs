//! Who signed in, remembered after the browser was closed.

use std::fmt;

use actix_web::HttpRequest;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use super::Context;
use crate::http::state::{RequestState, cookie_value};
use crate::http::worker::Worker;
use crate::http::{Cookie, hash_text, random_text};
use crate::{Error, Result};

/// Who is remembered, and what is to be shown before they are believed.
///
/// Made by [`Context::remembered`].
pub struct Remembered<T> {
    /// Who it is, as it was given to [`Context::remember`].
    pub who: T,
    proof: String,
}

impl<T> Remembered<T> {
    /// Whether the proof is still what it was: whether the password has not been changed since.
    pub fn is_proven_by(&self, proof: impl AsRef<str>) -> bool {
        !proof.as_ref().is_empty() && self.proof == hash_text(proof.as_ref())
    }
}

impl<T> fmt::Debug for Remembered<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remembered").finish_non_exhaustive()
    }
}

/// What the cookie holds.
#[derive(Serialize, Deserialize)]
struct Held<T> {
    /// What no two cookies have in common, so that one can be taken back.
    id: String,
    who: T,
    proof: String,
}

impl Context {
    /// Remembers who signed in for `session.remember_days`, also after the browser was closed, in an encrypted cookie that
    /// holds `who` and a hash of `proof`. What proves it is the digest of the password, or whatever else changes when
    /// the cookie is to count no longer.
    ///
    /// ```
    /// use velocious::{Context, Response, Result};
    /// # struct User { id: i64, digest: String }
    /// # async fn user_of(id: i64) -> Result<Option<User>> { Ok(None) }
    ///
    /// # mod paths {
    /// #     use velocious::routing::RoutePath;
    /// #     pub fn root_path() -> RoutePath { RoutePath::raw("/") }
    /// # }
    ///
    /// async fn sign_in(ctx: &Context, user: User) -> Result<Response> {
    ///     ctx.session().reset()?;
    ///     ctx.session().set("user_id", user.id)?;
    ///     ctx.remember(user.id, &user.digest)?;
    ///     ctx.redirect(paths::root_path())
    /// }
    ///
    /// // Before an action, when the session knows nobody:
    /// async fn recall(ctx: &Context) -> Result<()> {
    ///     let Some(remembered) = ctx.remembered::<i64>() else { return Ok(()) };
    ///     match user_of(remembered.who).await? {
    ///         Some(user) if remembered.is_proven_by(&user.digest) => {
    ///             ctx.session().reset()?;
    ///             ctx.session().set("user_id", user.id)
    ///         }
    ///         _ => Ok(ctx.forget()),
    ///     }
    /// }
    /// # let _ = (sign_in, recall);
    /// ```
    ///
    /// # Errors
    /// When `who` cannot be JSON, and when the proof is empty: nothing would ever end the cookie.
    pub fn remember(&self, who: impl Serialize, proof: impl AsRef<str>) -> Result<()> {
        let proof = proof.as_ref();
        if proof.is_empty() {
            return Err(Error::message(
                "`remember` was given an empty proof: give it the digest of the password, which changes with it",
            ));
        }
        let held = Held {
            id: random_text()?,
            who,
            proof: hash_text(proof),
        };
        let cookie = Cookie::new(
            self.worker().remember_cookie(),
            serde_json::to_string(&held)?,
        );
        let lifetime = self.app().config().session.remember;
        self.set_cookie(cookie.encrypted().max_age(lifetime));
        Ok(())
    }

    /// Who is remembered by this browser; `None` when it is nobody, or somebody of another type. Believe it once
    /// [`is_proven_by`](Remembered::is_proven_by) does.
    pub fn remembered<T: DeserializeOwned>(&self) -> Option<Remembered<T>> {
        let Held { id, who, proof } = held(self.request(), self.worker())?;
        (!self.app().ended().contains(&id)).then_some(Remembered { who, proof })
    }

    /// Remembers nobody any longer. Ending the session does this, too. A copy of the cookie is worth nothing to this
    /// process from then on.
    pub fn forget(&self) {
        forget(self.request(), self.worker());
    }
}

/// What the cookie of a request holds.
fn held<T: DeserializeOwned>(request: &HttpRequest, worker: &Worker) -> Option<Held<T>> {
    let name = worker.remember_cookie();
    let opened = worker.seal().open(name, &cookie_value(request, name)?)?;
    serde_json::from_str(&opened.value).ok()
}

/// Takes the cookie of a request away, and back.
pub(super) fn forget(request: &HttpRequest, worker: &Worker) {
    let name = worker.remember_cookie();
    if cookie_value(request, name).is_none() {
        return;
    }
    RequestState::of(request).set_cookie(Cookie::forgotten(name));
    if let Some(Held { id, .. }) = held::<IgnoredAny>(request, worker) {
        let app = worker.app();
        app.ended().add(&id, app.config().session.remember);
    }
}
