use velocious::prelude::*;

pub struct TasksController;

#[controller]
impl TasksController {
    pub async fn index<T>(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    pub async fn show(ctx: Context, _id: impl Into<i64>) -> Result<Response> {
        ctx.render_json("")
    }
}

fn main() {}
