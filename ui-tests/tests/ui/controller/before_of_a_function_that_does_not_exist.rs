use velocious::prelude::*;

struct TasksController;

#[controller(before(authentcate))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    async fn authenticate(_ctx: &Context) -> Result<()> {
        Ok(())
    }
}

fn main() {}
