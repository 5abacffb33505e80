use velocious::prelude::*;

pub struct TasksController;

pub struct ApplicationController;

#[controller(before(authenticate))]
impl ApplicationController {
    async fn authenticate(_: &Context) -> Result<()> {
        Ok(())
    }
}

#[controller(base = "ApplicationController")]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }
}

fn main() {}
