use velocious::prelude::*;

pub struct TasksController<T>(T);

#[controller]
impl<T> TasksController<T> {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }
}

fn main() {}
