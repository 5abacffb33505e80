use serde::Deserialize;
use velocious::prelude::*;

pub struct TaskFields {
    pub name: String,
}

#[derive(Deserialize)]
pub struct TaskParams {
    pub task: TaskFields,
}

pub struct TasksController;

#[controller]
impl TasksController {
    pub async fn create(ctx: Context, Params(_params): Params<TaskParams>) -> Result<Response> {
        ctx.render_json("")
    }
}

fn main() {}
