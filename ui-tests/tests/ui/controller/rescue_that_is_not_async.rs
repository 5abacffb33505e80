use velocious::prelude::*;

pub struct TasksController;

#[controller(rescue(missing))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("")
    }

    fn missing(_: &Context, _: &Error) -> Result<Response> {
        Ok(Response::NotFound().finish())
    }
}

fn main() {}
