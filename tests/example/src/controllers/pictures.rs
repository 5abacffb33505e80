//! The picture of whoever is signed in.

use serde::Deserialize;
use velocious::Upload;
use velocious::prelude::*;

use super::application::signed_in;
use crate::config::routes::paths;
use crate::controllers::ApplicationController;
use crate::{storage, views};

/// What the form sends.
#[derive(Deserialize)]
pub struct PictureParams {
    user: PictureFields,
}

#[derive(Deserialize)]
struct PictureFields {
    /// `None` when no file was chosen.
    picture: Option<Upload>,
}

/// The picture of whoever is signed in.
pub struct PicturesController;

#[controller(base = ApplicationController)]
impl PicturesController {
    /// GET /profile/picture
    pub async fn show(ctx: Context) -> Result<Response> {
        let user = signed_in(&ctx)?;
        let name = user.picture.ok_or_else(|| ctx.not_found())?;
        ctx.send_file(name)
            .within(storage::folder(ctx.app()))
            .inline()
            .await
    }

    /// PATCH /profile/picture
    pub async fn update(
        ctx: Context,
        Params(PictureParams { user: fields }): Params<PictureParams>,
    ) -> Result<Response> {
        let mut user = signed_in(&ctx)?;
        let stored = match fields.picture {
            Some(upload) => storage::store_picture(ctx.app(), &upload, user.id).await?,
            None => Err("can't be blank"),
        };
        let name = match stored {
            Ok(name) => name,
            Err(fault) => {
                user.record.errors_mut().add("picture", "unfit", fault);
                ctx.set_title("Edit your profile");
                return ctx.invalid(user.errors(), || views::profiles::edit(&user));
            }
        };
        let before = user.picture.replace(name);
        user.save(ctx.db()).await?;
        storage::remove(ctx.app(), before.as_deref());
        ctx.flash().notice("Your picture was changed.");
        ctx.redirect(paths::profile_path())
    }

    /// DELETE /profile/picture
    pub async fn destroy(ctx: Context) -> Result<Response> {
        let mut user = signed_in(&ctx)?;
        let before = user.picture.take();
        user.save(ctx.db()).await?;
        storage::remove(ctx.app(), before.as_deref());
        ctx.flash().notice("Your picture was deleted.");
        ctx.redirect(paths::profile_path())
    }
}
