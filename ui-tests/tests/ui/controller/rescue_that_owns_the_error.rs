use velocious::prelude::*;

pub struct TasksController;

#[controller(rescue(missing))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    async fn missing(ctx: &Context, _: velocious::error::NotFound) -> Result<Response> {
        ctx.render_json("")
    }
}

fn main() {}
