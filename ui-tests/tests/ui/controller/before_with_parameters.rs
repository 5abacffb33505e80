use velocious::prelude::*;

pub struct TasksController;

#[controller(before(load))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    async fn load(_: &Context, Path(_id): Path<i64>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
