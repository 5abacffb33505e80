use velocious::prelude::*;

pub struct TasksController;

#[controller(rescue(missing))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    async fn missing(_: &Context, _: &velocious::error::NotFound) -> Result<()> {
        Ok(())
    }
}

fn main() {}
