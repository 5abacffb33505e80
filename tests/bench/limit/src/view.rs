//! The list as a page.

use crate::models::TaskWithProject;
use maud::{DOCTYPE, Markup, html};

pub(crate) fn index(tasks: &[TaskWithProject]) -> Markup {
    html! {
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
                        @for TaskWithProject { task, project } in tasks {
                            tr id={ "task-" (task.id) } {
                                td { a href={ "/tasks/" (task.id) } title=(task.description) { (task.name) } }
                                td { a href={ "/projects/" (project.project.id) } { (project.project.name) } }
                                td { (project.account.name) }
                                td { @if let Some(due) = task.due_on { (due) } }
                                td { @if task.is_done { "done" } @else { "open" } }
                            }
                        }
                    }
                }
            }
        }
    }
}
