use velocious::prelude::*;

pub struct TasksController;

#[controller(rescue(missing, lost))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    async fn missing(ctx: &Context, _: &velocious::error::NotFound) -> Result<Response> {
        ctx.render_json("")
    }

    async fn lost(ctx: &Context, _: &velocious::error::NotFound) -> Result<Response> {
        ctx.render_json("lost")
    }
}

fn main() {}
