use velocious::prelude::*;

#[derive(Model)]
pub struct Task {
    pub id: i64,
    pub name: String,
    pub record: RecordState,
}

pub struct TasksController;

#[controller]
impl TasksController {
    pub async fn create(ctx: Context, Params(changes): Params<TaskChanges>) -> Result<Response> {
        Task::create(ctx.db(), changes).await?;
        ctx.render_json("")
    }
}

fn main() {}
