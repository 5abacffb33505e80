use velocious::prelude::*;

struct TasksController;

#[controller]
impl TasksController {
    pub async fn index(&self, ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }
}

fn main() {}
