use velocious::prelude::*;

struct TasksController;

#[controller]
impl TasksController {
    pub fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }
}

fn main() {}
