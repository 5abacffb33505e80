use velocious::prelude::*;

pub struct TasksController;

#[controller]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render("<h1>Tasks</h1>")
    }
}

fn main() {}
