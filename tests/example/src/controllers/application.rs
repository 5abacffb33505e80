//! What runs around the actions of every controller.

use velocious::actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use velocious::prelude::*;

use crate::config::routes::paths;
use crate::models::User;

/// Knows who is signed in, and lets nobody else change anything. The other controllers are based on it.
pub struct ApplicationController;

#[controller(before(load_user, require_user), after(keep_private))]
impl ApplicationController {
    /// Whoever is signed in is there for actions and for the layout: `ctx.assigned::<User>()`.
    async fn load_user(ctx: &Context) -> Result<()> {
        if let Some(id) = ctx.session().get::<i64>("user_id")
            && let Some(user) = User::find_by(ctx.db(), |user| user.id().eq(id)).await?
        {
            ctx.assign(user);
        }
        Ok(())
    }

    /// Sends visitors to sign in, and lets them come back afterwards.
    async fn require_user(ctx: &Context) -> Result<Option<Response>> {
        if ctx.assigned::<User>().is_some() {
            return Ok(None);
        }
        if ctx.wants_json() {
            return Err(Error::http(401, "Sign in first."));
        }
        if ctx.request().method().is_safe() {
            ctx.session().set("return_to", ctx.request().path())?;
        }
        ctx.flash().alert("Please sign in first.");
        ctx.redirect(paths::new_session_path()).map(Some)
    }

    /// The browser forgets what it showed to a user: after signing out, its button "back" shows it to nobody.
    async fn keep_private(ctx: &Context, answer: &mut Response) -> Result<()> {
        if ctx.assigned::<User>().is_some() {
            let never = HeaderValue::from_static("no-store");
            answer.headers_mut().insert(CACHE_CONTROL, never);
        }
        Ok(())
    }
}

/// Who is signed in, to be changed. Only for actions that `require_user` runs before.
pub(super) fn signed_in(ctx: &Context) -> Result<User> {
    let user = ctx.assigned::<User>();
    user.map(|user| (*user).clone())
        .ok_or_else(|| Error::http(401, "Sign in first."))
}
