use velocious::prelude::*;

pub struct TasksController;

#[controller(before(authenticate))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    async fn authenticate(_: Context) -> Result<()> {
        Ok(())
    }
}

fn main() {}
