use velocious::prelude::*;

struct TasksController;

#[controller(before(authentcate))]
impl TasksController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.redirect("/")
    }

    async fn authenticate(_ctx: &Context) -> Result<()> {
        Ok(())
    }
}

fn main() {}
