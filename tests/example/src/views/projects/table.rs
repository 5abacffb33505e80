//! Projects as rows, for every page that shows some.

use velocious::prelude::*;
use velocious::view::{Markup, html};

use crate::config::routes::paths;
use crate::models::{Project, Task};

/// Projects as rows, with their account where `with_account`.
pub fn table(projects: &[Project], with_account: bool) -> Result<Markup> {
    Ok(html! {
        div.scroll {
            table {
                thead { tr { th { "Project" } @if with_account { th.wide { "Account" } } th { "Done" } } }
                tbody {
                    @for project in projects {
                        tr {
                            td.name {
                                a href=(paths::project_path(project.id)) { (project.name) }
                                span.under { (project.description) }
                            }
                            @if with_account {
                                @let account = project.account.get()?;
                                td.wide { a href=(paths::account_path(account.id)) { (account.name) } }
                            }
                            td { (progress(project.tasks.get()?)) }
                        }
                    }
                }
            }
        }
    })
}

pub(super) fn progress(tasks: &[Task]) -> Markup {
    let done = tasks.iter().filter(|task| task.is_done).count();
    html! {
        span.progress {
            progress value=(done) max=(tasks.len().max(1)) {}
            (done) " of " (tasks.len())
        }
    }
}
