use velocious::prelude::*;

pub struct TasksController;

#[controller(around(timed))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    async fn timed(_: &Context, next: &velocious::controller::Next<'_>) -> Result<Response> {
        next.run().await
    }
}

fn main() {}
