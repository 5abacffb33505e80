//! One's own profile: signing up makes it.

use serde::Deserialize;
use velocious::Password;
use velocious::prelude::*;

use super::application::signed_in;
use super::sessions;
use crate::config::routes::paths;
use crate::controllers::ApplicationController;
use crate::models::{User, UserChanges};
use crate::{storage, views};

/// What a form or a client may set.
#[derive(Deserialize)]
pub struct UserParams {
    user: UserFields,
}

#[derive(Deserialize)]
struct UserFields {
    name: Option<String>,
    email: Option<String>,
    password: Option<Password>,
    password_confirmation: Option<Password>,
}

impl From<UserFields> for UserChanges {
    fn from(fields: UserFields) -> Self {
        UserChanges {
            name: fields.name,
            email: fields.email,
            password: fields.password,
            password_confirmation: fields.password_confirmation,
            ..UserChanges::default()
        }
    }
}

/// One's own profile: signing up makes it.
pub struct ProfilesController;

#[controller(base = ApplicationController, skip(require_user, only(new, create)))]
impl ProfilesController {
    /// GET /profile/new
    pub async fn new(ctx: Context) -> Result<Response> {
        ctx.set_title("Sign up");
        ctx.render(views::profiles::new(&User::new()))
    }

    /// POST /profile
    pub async fn create(ctx: Context, Params(params): Params<UserParams>) -> Result<Response> {
        let mut user = User::new();
        user.assign(params.user);
        match user.save(ctx.db()).await {
            Ok(()) => {
                let return_to = sessions::start(&ctx, &user)?;
                ctx.flash().notice(format!("Welcome, {}.", user.name));
                ctx.redirect(return_to)
            }
            Err(error) if error.is_invalid() => {
                ctx.set_title("Sign up");
                ctx.invalid(user.errors(), || views::profiles::new(&user))
            }
            Err(error) => Err(error),
        }
    }

    /// GET /profile
    pub async fn show(ctx: Context) -> Result<Response> {
        ctx.set_title("Your profile");
        ctx.render(views::profiles::show(&signed_in(&ctx)?))
    }

    /// GET /profile/edit
    pub async fn edit(ctx: Context) -> Result<Response> {
        ctx.set_title("Edit your profile");
        ctx.render(views::profiles::edit(&signed_in(&ctx)?))
    }

    /// PATCH /profile
    pub async fn update(ctx: Context, Params(params): Params<UserParams>) -> Result<Response> {
        let mut user = signed_in(&ctx)?;
        user.assign(params.user);
        match user.save(ctx.db()).await {
            Ok(()) => {
                ctx.flash().notice("Your profile was changed.");
                ctx.redirect(paths::profile_path())
            }
            Err(error) if error.is_invalid() => {
                ctx.set_title("Edit your profile");
                ctx.invalid(user.errors(), || views::profiles::edit(&user))
            }
            Err(error) => Err(error),
        }
    }

    /// DELETE /profile, with the picture.
    pub async fn destroy(ctx: Context) -> Result<Response> {
        let mut user = signed_in(&ctx)?;
        user.destroy(ctx.db()).await?;
        storage::remove(ctx.app(), user.picture.as_deref());
        ctx.session().end();
        ctx.flash().notice("Your profile was deleted.");
        ctx.redirect(paths::root_path())
    }
}
