use velocious::prelude::*;

struct TasksController;

#[controller(befor(authenticate))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }
}

fn main() {}
