//! One project.

use velocious::prelude::*;
use velocious::view::{Markup, button_to, html};

use super::table::progress;
use crate::config::routes::paths;
use crate::models::{Project, Task};
use crate::views::tasks;

/// One project with its tasks.
pub fn show(project: &Project, tasks: &[Task]) -> Result<Markup> {
    let account = project.account.get()?;
    Ok(html! {
        div.head {
            div {
                p.crumb { a href=(paths::account_path(account.id)) { (account.name) } }
                h1 { (project.name) }
                p { (project.description) }
            }
            div.actions {
                a.button href=(paths::edit_project_path(project.id)) { "Edit" }
                span.danger { (button_to("Delete", paths::project_path(project.id), "delete")) }
                a.button.primary href=(paths::new_project_task_path(project.id)) { "New task" }
            }
        }
        section.card {
            header { h2 { "Tasks" } (progress(tasks)) }
            @if tasks.is_empty() {
                div.empty { p { "Nothing to do yet." } a.button href=(paths::new_project_task_path(project.id)) { "Add a task" } }
            } @else {
                (tasks::table(tasks, Utc::now().date_naive(), false)?)
            }
        }
    })
}
