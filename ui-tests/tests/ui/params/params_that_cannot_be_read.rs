use velocious::prelude::*;

pub struct TaskParams {
    pub name: String,
}

pub struct TasksController;

#[controller]
impl TasksController {
    pub async fn create(ctx: Context, Params(_params): Params<TaskParams>) -> Result<Response> {
        ctx.render_json("")
    }
}

fn main() {}
