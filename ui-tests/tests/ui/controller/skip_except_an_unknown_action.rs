use velocious::prelude::*;

pub struct TasksController;

pub struct ApplicationController;

#[controller(before(authenticate))]
impl ApplicationController {
    async fn authenticate(_: &Context) -> Result<()> {
        Ok(())
    }
}

#[controller(base = ApplicationController, skip(authenticate, only(indx)))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }
}

fn main() {}
