//! One task.

use velocious::prelude::*;
use velocious::view::{Markup, button_to, html};

use super::table::{due, tick_text};
use crate::config::routes::paths;
use crate::models::Task;

/// One task.
pub fn show(task: &Task, today: NaiveDate) -> Result<Markup> {
    let project = task.project.get()?;
    let account = project.account.get()?;
    Ok(html! {
        div.head {
            div {
                p.crumb { a href=(paths::project_path(project.id)) { (project.name) } }
                h1 { (task.name) }
            }
            div.actions {
                a.button href=(paths::edit_task_path(task.id)) { "Edit" }
                span.danger { (button_to("Delete", paths::task_path(task.id), "delete")) }
                span.primary { (button_to(tick_text(task), paths::toggle_task_path(task.id), "patch")) }
            }
        }
        section.card {
            div.body {
                dl {
                    dt { "State" }
                    dd {
                        @if task.is_done { span.badge.good { "Done" } }
                        @else if task.is_overdue(today) { span.badge.bad { "Overdue" } }
                        @else { span.badge { "Open" } }
                    }
                    dt { "Due" }
                    dd { (due(task, today)) }
                    dt { "Account" }
                    dd { a href=(paths::account_path(account.id)) { (account.name) } }
                    dt { "Description" }
                    dd.prose { @if task.description.is_empty() { span.muted { "None" } } @else { (task.description) } }
                }
            }
        }
    })
}
