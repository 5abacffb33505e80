use velocious::controller::Next;
use velocious::prelude::*;

pub struct TasksController;

#[controller(around(timed))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    async fn timed(_: &Context, next: Next<'_>) -> Result<()> {
        next.run().await?;
        Ok(())
    }
}

fn main() {}
