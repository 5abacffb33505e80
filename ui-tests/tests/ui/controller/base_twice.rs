use velocious::prelude::*;

pub struct BaseController;

#[controller]
impl BaseController {}

pub struct TasksController;

#[controller(base = BaseController, base = BaseController)]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

}

fn main() {}
