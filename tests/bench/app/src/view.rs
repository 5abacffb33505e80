//! The list as a page.

use maud::{DOCTYPE, Markup, html};
use velocious::prelude::*;

use crate::models::Task;

pub(crate) fn index(tasks: &[Task]) -> Result<Markup> {
    Ok(html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { "Tasks" }
            }
            body {
                h1 { "Tasks" }
                table {
                    thead { tr { th { "Task" } th { "Project" } th { "Account" } th { "Due" } th { "State" } } }
                    tbody {
                        @for task in tasks {
                            @let project = task.project.get()?;
                            @let account = project.account.get()?;
                            tr id={ "task-" (task.id) } {
                                td { a href={ "/tasks/" (task.id) } title=(task.description) { (task.name) } }
                                td { a href={ "/projects/" (project.id) } { (project.name) } }
                                td { (account.name) }
                                td { @if let Some(due) = task.due_on { (due) } }
                                td { @if task.is_done { "done" } @else { "open" } }
                            }
                        }
                    }
                }
            }
        }
    })
}
