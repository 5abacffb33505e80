use velocious::prelude::*;

pub struct BaseController;

#[controller(before(authenticate))]
impl BaseController {
    async fn authenticate(_: &Context) -> Result<()> {
        Ok(())
    }
}

pub struct TasksController;

#[controller(base = BaseController, skip(BaseController::authenticate))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

}

fn main() {}
