use velocious::prelude::*;

struct TasksController;

#[controller(before(authenticate))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    async fn authenticate(_ctx: &Context) -> Result<u32> {
        Ok(1)
    }
}

fn main() {}
