//! The controller.

use serde::{Deserialize, Serialize};
use velocious::prelude::*;

use crate::models::{Task, TaskChanges};
use crate::view;

#[derive(Serialize)]
pub struct Greeting {
    message: &'static str,
    number: u32,
}

/// What a client sends to make a task.
#[derive(Deserialize)]
pub struct NewTask {
    project_id: i64,
    name: String,
    description: String,
}

pub struct TasksController;

#[controller]
impl TasksController {
    pub async fn ping() -> &'static str {
        "pong"
    }

    pub async fn greeting() -> Json<Greeting> {
        Json(Greeting {
            message: "Hello, world!",
            number: 42,
        })
    }

    pub async fn show(ctx: Context, Path(id): Path<i64>) -> Result<Json<Task>> {
        Ok(Json(Task::find(ctx.db(), id).await?))
    }

    pub async fn index(ctx: Context) -> Result<Response> {
        let tasks = Task::order(|t| t.id().asc())
            .preload(|t| t.project().account())
            .per_page(20)
            .page(ctx.page());
        let tasks = tasks.load(ctx.db()).await?;
        if ctx.wants_json() {
            return ctx.render_json(&tasks);
        }
        ctx.render(view::index(&tasks)?)
    }

    pub async fn create(ctx: Context, Params(wanted): Params<NewTask>) -> Result<Response> {
        let changes = TaskChanges {
            project_id: Some(wanted.project_id),
            name: Some(wanted.name),
            description: Some(wanted.description),
            ..TaskChanges::default()
        };
        let task = Task::create(ctx.db(), changes).await?;
        ctx.render_json_with_status(201, &task)
    }
}
