//! Tasks as rows, for every page that shows some.

use velocious::prelude::*;
use velocious::view::{Markup, form_to, html, time};

use crate::config::routes::paths;
use crate::models::Task;

/// Tasks as rows, with their project where `with_project`.
pub fn table(tasks: &[Task], today: NaiveDate, with_project: bool) -> Result<Markup> {
    Ok(html! {
        div.scroll {
            table {
                thead {
                    tr {
                        th { span.muted aria-label="Done" {} }
                        th { "Task" }
                        @if with_project { th.wide { "Project" } }
                        th { "Due" }
                    }
                }
                tbody {
                    @for task in tasks {
                        tr.done[task.is_done] {
                            td.tight { (tick(task)) }
                            td.name {
                                a href=(paths::task_path(task.id)) { (task.name) }
                                @if !task.description.is_empty() { span.under { (task.description) } }
                            }
                            @if with_project {
                                @let project = task.project.get()?;
                                td.wide { a href=(paths::project_path(project.id)) { (project.name) } }
                            }
                            td { (due(task, today)) }
                        }
                    }
                }
            }
        }
    })
}

fn tick(task: &Task) -> Markup {
    let label = if task.is_done {
        "Reopen"
    } else {
        "Mark as done"
    };
    html! {
        (form_to(paths::toggle_task_path(task.id), "patch", html! {
            button.tick.on[task.is_done] aria-label={ (label) ": " (task.name) } title=(label) { "✓" }
        }))
    }
}

pub(super) fn tick_text(task: &Task) -> &'static str {
    match task.is_done {
        true => "Reopen",
        false => "Mark as done",
    }
}

pub(super) fn due(task: &Task, today: NaiveDate) -> Markup {
    html! {
        @match task.due_on {
            Some(due) if task.is_overdue(today) => span.badge.bad { (time(due)) },
            Some(due) => span.badge { (time(due)) },
            None => span.muted { "–" },
        }
    }
}
