//! Projects: the seven actions of a resource.

use serde::Deserialize;
use velocious::prelude::*;

use crate::config::routes::paths;
use crate::controllers::ApplicationController;
use crate::models::{Account, Project, ProjectChanges, Task};
use crate::views;

/// What a form or a client may set.
#[derive(Deserialize)]
pub struct ProjectParams {
    project: ProjectFields,
}

#[derive(Deserialize)]
struct ProjectFields {
    name: Option<String>,
    description: Option<String>,
    account_id: Option<i64>,
}

impl From<ProjectFields> for ProjectChanges {
    fn from(fields: ProjectFields) -> Self {
        ProjectChanges {
            name: fields.name,
            description: fields.description,
            account_id: fields.account_id,
            ..ProjectChanges::default()
        }
    }
}

/// Projects: the seven actions of a resource.
pub struct ProjectsController;

#[controller(base = ApplicationController, skip(require_user, only(index, show)))]
impl ProjectsController {
    /// GET /projects
    pub async fn index(ctx: Context) -> Result<Response> {
        let query = Project::order(|p| p.name().asc())
            .preload(|p| p.account())
            .preload(|p| p.tasks());
        let page = query.per_page(20).paginate(ctx.db(), ctx.page()).await?;
        if ctx.wants_json() {
            return ctx.render_json(&page.records);
        }
        ctx.set_title("Projects");
        ctx.render(views::projects::index(&page)?)
    }

    /// GET /projects/{id}
    pub async fn show(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
        let project = Project::preload(|p| p.account()).find(ctx.db(), id).await?;
        if ctx.wants_json() {
            return ctx.render_json(&project);
        }
        let tasks = Task::filter(|t| t.project_id().eq(id)).order(|t| t.is_done().asc());
        let tasks = tasks
            .order(|t| t.due_on().asc().nulls_last())
            .load(ctx.db())
            .await?;
        ctx.set_title(&project.name);
        ctx.render(views::projects::show(&project, &tasks)?)
    }

    /// GET /projects/new
    pub async fn new(ctx: Context) -> Result<Response> {
        ctx.set_title("New project");
        ctx.render(views::projects::new(
            &Project::new(),
            &accounts(&ctx).await?,
        ))
    }

    /// GET /projects/{id}/edit
    pub async fn edit(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
        let project = Project::find(ctx.db(), id).await?;
        ctx.set_title("Edit project");
        ctx.render(views::projects::edit(&project, &accounts(&ctx).await?))
    }

    /// POST /projects
    pub async fn create(ctx: Context, params: FormParams<ProjectParams>) -> Result<Response> {
        let mut project = Project::new();
        params.assign_to(&mut project, |params| params.project);
        match project.save(ctx.db()).await {
            Ok(()) if ctx.wants_json() => ctx.render_json_with_status(201, &project),
            Ok(()) => {
                ctx.flash().notice("The project was added.");
                ctx.redirect(paths::project_path(project.id))
            }
            Err(error) if error.is_invalid() => {
                ctx.set_title("New project");
                let accounts = accounts(&ctx).await?;
                ctx.invalid(project.errors(), || {
                    views::projects::new(&project, &accounts)
                })
            }
            Err(error) => Err(error),
        }
    }

    /// PATCH /projects/{id}
    pub async fn update(
        ctx: Context,
        Path(id): Path<i64>,
        params: FormParams<ProjectParams>,
    ) -> Result<Response> {
        let mut project = Project::find(ctx.db(), id).await?;
        params.assign_to(&mut project, |params| params.project);
        match project.save(ctx.db()).await {
            Ok(()) if ctx.wants_json() => ctx.render_json(&project),
            Ok(()) => {
                ctx.flash().notice("The project was changed.");
                ctx.redirect(paths::project_path(project.id))
            }
            Err(error) if error.is_invalid() => {
                ctx.set_title("Edit project");
                let accounts = accounts(&ctx).await?;
                ctx.invalid(project.errors(), || {
                    views::projects::edit(&project, &accounts)
                })
            }
            Err(error) => Err(error),
        }
    }

    /// DELETE /projects/{id}, with the project's tasks.
    pub async fn destroy(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
        let mut project = Project::find(ctx.db(), id).await?;
        ctx.db()
            .transaction(async |db| {
                Task::filter(|t| t.project_id().eq(id))
                    .delete_all(&db)
                    .await?;
                project.destroy(&db).await
            })
            .await?;
        if ctx.wants_json() {
            return Ok(Response::NoContent().finish());
        }
        ctx.flash()
            .notice("The project and its tasks were deleted.");
        ctx.redirect(paths::projects_path())
    }
}

async fn accounts(ctx: &Context) -> Result<Vec<Account>> {
    Account::order(|a| a.name().asc()).load(ctx.db()).await
}
