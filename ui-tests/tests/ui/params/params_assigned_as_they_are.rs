use serde::Deserialize;
use velocious::prelude::*;

#[derive(Model)]
pub struct Task {
    pub id: i64,
    pub name: String,
    pub record: RecordState,
}

#[derive(Deserialize)]
pub struct TaskParams {
    pub name: String,
}

pub async fn create(ctx: Context, Params(params): Params<TaskParams>) -> Result<Response> {
    let mut task = Task::new();
    task.assign(params);
    task.save(ctx.db()).await?;
    ctx.render_json("")
}

fn main() {}
