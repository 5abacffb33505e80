use velocious::prelude::*;

pub struct Tasks;

#[controller]
impl Tasks {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }
}

fn main() {}
