use velocious::prelude::*;

pub struct TasksController;

#[controller(after(log))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    async fn log(_: &Context, _: &Response) -> Result<()> {
        Ok(())
    }
}

fn main() {}
