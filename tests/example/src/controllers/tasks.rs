//! Tasks: the seven actions of a resource, also below a project, and two more.

use serde::{Deserialize, Deserializer};
use velocious::prelude::*;
use velocious::query::Query;

use crate::config::routes::paths;
use crate::controllers::ApplicationController;
use crate::models::{Project, Task, TaskChanges};
use crate::views;
use crate::views::tasks::{Choice, List};

/// What a form or a client may set.
#[derive(Deserialize)]
pub struct TaskParams {
    /// From the path of a nested route; the form's own field is stronger.
    project_id: Option<i64>,
    task: TaskFields,
}

#[derive(Deserialize)]
struct TaskFields {
    name: Option<String>,
    description: Option<String>,
    project_id: Option<i64>,
    is_done: Option<bool>,
    #[serde(default, deserialize_with = "sent")]
    due_on: Option<Option<NaiveDate>>,
}

impl From<TaskFields> for TaskChanges {
    fn from(fields: TaskFields) -> Self {
        TaskChanges {
            name: fields.name,
            description: fields.description,
            project_id: fields.project_id,
            is_done: fields.is_done,
            due_on: fields.due_on,
            ..TaskChanges::default()
        }
    }
}

/// Which project's tasks: from the path of a nested route, or from the query.
#[derive(Deserialize)]
pub struct ProjectParam {
    project_id: Option<i64>,
}

/// Tasks: the seven actions of a resource, also below a project, and two more.
pub struct TasksController;

#[controller(base = ApplicationController, skip(require_user, only(index, show, overdue)))]
impl TasksController {
    /// GET /tasks, GET /projects/{project_id}/tasks
    pub async fn index(ctx: Context, Params(wanted): Params<ProjectParam>) -> Result<Response> {
        let mut query = Task::all();
        let mut project = None;
        if let Some(id) = wanted.project_id {
            project = Some(Project::find(ctx.db(), id).await?);
            query = query.filter(|t| t.project_id().eq(id));
        }
        list(&ctx, query.order(|t| t.id().desc()), Choice::All, project).await
    }

    /// GET /tasks/overdue
    pub async fn overdue(ctx: Context) -> Result<Response> {
        let today = Utc::now().date_naive();
        let query = Task::filter(|t| t.is_done().eq(false).and(t.due_on().lt(today)));
        list(
            &ctx,
            query.order(|t| t.due_on().asc()),
            Choice::Overdue,
            None,
        )
        .await
    }

    /// GET /tasks/{id}
    pub async fn show(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
        let task = Task::preload(|t| t.project().account())
            .find(ctx.db(), id)
            .await?;
        if ctx.wants_json() {
            return ctx.render_json(&task);
        }
        ctx.set_title(&task.name);
        ctx.render(views::tasks::show(&task, Utc::now().date_naive())?)
    }

    /// GET /tasks/new, GET /projects/{project_id}/tasks/new
    pub async fn new(ctx: Context, Params(wanted): Params<ProjectParam>) -> Result<Response> {
        let task = Task {
            project_id: wanted.project_id.unwrap_or_default(),
            ..Task::new()
        };
        ctx.set_title("New task");
        ctx.render(views::tasks::new(&task, &projects(&ctx).await?))
    }

    /// GET /tasks/{id}/edit
    pub async fn edit(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
        let task = Task::find(ctx.db(), id).await?;
        ctx.set_title("Edit task");
        ctx.render(views::tasks::edit(&task, &projects(&ctx).await?))
    }

    /// POST /tasks, POST /projects/{project_id}/tasks
    pub async fn create(ctx: Context, params: FormParams<TaskParams>) -> Result<Response> {
        let mut task = Task::new();
        params.assign_to(&mut task, |params| {
            let mut fields = params.task;
            fields.project_id = fields.project_id.or(params.project_id);
            fields
        });
        match task.save(ctx.db()).await {
            Ok(()) if ctx.wants_json() => ctx.render_json_with_status(201, &task),
            Ok(()) => {
                ctx.flash().notice("The task was added.");
                ctx.redirect(paths::tasks_path())
            }
            Err(error) if error.is_invalid() => {
                ctx.set_title("New task");
                let projects = projects(&ctx).await?;
                ctx.invalid(task.errors(), || views::tasks::new(&task, &projects))
            }
            Err(error) => Err(error),
        }
    }

    /// PATCH /tasks/{id}
    pub async fn update(
        ctx: Context,
        Path(id): Path<i64>,
        params: FormParams<TaskParams>,
    ) -> Result<Response> {
        let mut task = Task::find(ctx.db(), id).await?;
        params.assign_to(&mut task, |params| params.task);
        match task.save(ctx.db()).await {
            Ok(()) if ctx.wants_json() => ctx.render_json(&task),
            Ok(()) => {
                ctx.flash().notice("The task was changed.");
                ctx.redirect(paths::task_path(task.id))
            }
            Err(error) if error.is_invalid() => {
                ctx.set_title("Edit task");
                let projects = projects(&ctx).await?;
                ctx.invalid(task.errors(), || views::tasks::edit(&task, &projects))
            }
            Err(error) => Err(error),
        }
    }

    /// PATCH /tasks/{task_id}/toggle: done becomes open, open becomes done.
    pub async fn toggle(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
        let mut task = Task::find(ctx.db(), id).await?;
        task.is_done = !task.is_done;
        task.save(ctx.db()).await?;
        if ctx.wants_json() {
            return ctx.render_json(&task);
        }
        ctx.redirect_back(paths::tasks_path())
    }

    /// DELETE /tasks/{id}
    pub async fn destroy(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
        Task::find(ctx.db(), id).await?.destroy(ctx.db()).await?;
        if ctx.wants_json() {
            return Ok(Response::NoContent().finish());
        }
        ctx.flash().notice("The task was deleted.");
        ctx.redirect(paths::tasks_path())
    }
}

/// Tells a date that was sent empty, to be taken away, from one that was not sent, to be left as it is.
fn sent<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

async fn list(
    ctx: &Context,
    query: Query<Task>,
    choice: Choice,
    project: Option<Project>,
) -> Result<Response> {
    let page = query
        .preload(|t| t.project())
        .per_page(10)
        .paginate(ctx.db(), ctx.page())
        .await?;
    if ctx.wants_json() {
        return ctx.render_json(&page.records);
    }
    let list = List {
        page: &page,
        choice,
        project: project.as_ref(),
        today: Utc::now().date_naive(),
    };
    ctx.set_title("Tasks");
    ctx.render(views::tasks::index(&list)?)
}

async fn projects(ctx: &Context) -> Result<Vec<Project>> {
    Project::order(|p| p.name().asc()).load(ctx.db()).await
}
