//! The controller.

use velocious::prelude::*;

use crate::models::Task;
use crate::view;

pub struct TasksController;

#[controller]
impl TasksController {
    pub async fn ping() -> &'static str {
        "pong"
    }

    pub async fn show(ctx: Context, Path(id): Path<i64>) -> Result<Json<Task>> {
        Ok(Json(Task::find(ctx.db(), id).await?))
    }

    pub async fn index(ctx: Context) -> Result<Response> {
        let tasks = Task::order(|t| t.id().asc())
            .preload(|t| t.project())
            .per_page(20)
            .page(ctx.page());
        let tasks = tasks.load(ctx.db()).await?;
        if ctx.wants_json() {
            return ctx.render_json(&tasks);
        }
        ctx.render(view::index(&tasks)?)
    }
}
