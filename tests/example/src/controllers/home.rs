//! The first page.

use velocious::prelude::*;

use crate::controllers::ApplicationController;
use crate::models::{Account, Project, Task};
use crate::views;

/// The first page.
pub struct HomeController;

#[controller(base = ApplicationController, skip(require_user))]
impl HomeController {
    /// GET /
    pub async fn index(ctx: Context) -> Result<Response> {
        let db = ctx.db();
        let today = Utc::now().date_naive();
        let overdue = Task::filter(|t| t.is_done().eq(false).and(t.due_on().lt(today)));
        let figures = views::home::Figures {
            open: Task::filter(|t| t.is_done().eq(false)).count(db).await?,
            overdue: overdue.clone().count(db).await?,
            projects: Project::all().count(db).await?,
            accounts: Account::all().count(db).await?,
        };
        let urgent = overdue
            .order(|t| t.due_on().asc())
            .limit(5)
            .preload(|t| t.project())
            .load(db)
            .await?;
        ctx.set_title("Overview");
        ctx.render(views::home::index(&figures, &urgent, today)?)
    }
}
