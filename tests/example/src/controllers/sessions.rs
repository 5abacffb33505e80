//! Signing in and out.

use serde::Deserialize;
use velocious::Password;
use velocious::prelude::*;
use velocious::routing::RoutePath;

use crate::config::routes::paths;
use crate::controllers::ApplicationController;
use crate::models::User;
use crate::views;

/// What somebody signs in with.
#[derive(Deserialize)]
pub struct SessionParams {
    user: Credentials,
}

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: Password,
}

/// Signing in and out.
pub struct SessionsController;

#[controller(base = ApplicationController, skip(require_user))]
impl SessionsController {
    /// GET /session/new
    pub async fn new(ctx: Context) -> Result<Response> {
        ctx.set_title("Sign in");
        ctx.render(views::sessions::new(&ctx, &User::new()))
    }

    /// POST /session
    pub async fn create(
        ctx: Context,
        Params(SessionParams { user: given }): Params<SessionParams>,
    ) -> Result<Response> {
        let email = User::normalized(&given.email);
        // It takes as long whether or not there is such a user.
        let found = User::authenticate(ctx.db(), |user| user.email().eq(email), given.password);
        let Some(user) = found.await? else {
            if ctx.wants_json() {
                return Err(Error::http(401, "Wrong email or password."));
            }
            let visitor = User {
                email: given.email,
                ..User::new()
            };
            ctx.flash().now("alert", "Wrong email or password.");
            ctx.set_title("Sign in");
            return ctx.render_with_status(422, views::sessions::new(&ctx, &visitor));
        };
        let return_to = start(&ctx, &user)?;
        if ctx.wants_json() {
            return Ok(Response::NoContent().finish());
        }
        ctx.flash().notice(format!("Welcome, {}.", user.name));
        ctx.redirect(return_to)
    }

    /// DELETE /session
    pub async fn destroy(ctx: Context) -> Result<Response> {
        ctx.session().end();
        ctx.flash().notice("You are signed out.");
        ctx.redirect(paths::root_path())
    }
}

/// Signs a user in, in a session that nobody can have planted. Returns where the user was going to.
pub(super) fn start(ctx: &Context, user: &User) -> Result<RoutePath> {
    let return_to = ctx.session().get::<String>("return_to");
    let return_to = return_to.and_then(|path| ctx.local_path(path));
    ctx.session().reset()?;
    ctx.session().set("user_id", user.id)?;
    Ok(return_to.unwrap_or_else(paths::root_path))
}
