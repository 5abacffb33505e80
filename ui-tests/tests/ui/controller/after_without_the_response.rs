use velocious::prelude::*;

pub struct TasksController;

#[controller(after(log))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.redirect("/")
    }

    async fn log(_: &Context) -> Result<()> {
        Ok(())
    }
}

fn main() {}
