use velocious::prelude::*;
use velocious::Upload;

pub struct PicturesController;

#[controller]
impl PicturesController {
    pub async fn create(ctx: Context, picture: Upload) -> Result<Response> {
        picture.save_to("picture.png").await?;
        ctx.render_json("")
    }
}

fn main() {}
