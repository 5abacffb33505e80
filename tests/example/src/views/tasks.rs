//! The pages of tasks.

use maud::{Markup, html};
use velocious::prelude::*;
use velocious::query::Page;
use velocious::view::{button_to, form_for, pagination, time};

use crate::config::routes::paths;
use crate::models::{Project, Task};

/// Which tasks a list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    All,
    Overdue,
}

/// A list of tasks.
pub struct List<'a> {
    pub page: &'a Page<Task>,
    pub choice: Choice,
    /// The project they all belong to, if the list is one project's.
    pub project: Option<&'a Project>,
    pub today: NaiveDate,
}

/// A page of the list.
pub fn index(list: &List<'_>) -> Result<Markup> {
    let (path, new) = match (list.project, list.choice) {
        (Some(project), _) => (
            paths::project_tasks_path(project.id),
            paths::new_project_task_path(project.id),
        ),
        (None, Choice::All) => (paths::tasks_path(), paths::new_task_path()),
        (None, Choice::Overdue) => (paths::overdue_tasks_path(), paths::new_task_path()),
    };
    let tabs = [
        ("All", paths::tasks_path(), Choice::All),
        ("Overdue", paths::overdue_tasks_path(), Choice::Overdue),
    ];
    Ok(html! {
        div.head {
            div {
                @if let Some(project) = list.project {
                    p.crumb { a href=(paths::project_path(project.id)) { (project.name) } }
                }
                h1 { "Tasks" }
                p { (list.page.total) @if list.page.total == 1 { " task" } @else { " tasks" } }
            }
            div.actions { a.button.primary href=(new) { "New task" } }
        }
        @if list.project.is_none() {
            nav.tabs aria-label="Which tasks" {
                @for (name, path, choice) in &tabs {
                    a href=(path) aria-current=[(*choice == list.choice).then_some("true")] { (name) }
                }
            }
        }
        section.card {
            @if list.page.records.is_empty() {
                div.empty { p { "There is nothing here." } a.button href=(new) { "Add a task" } }
            } @else {
                (table(&list.page.records, list.today, list.project.is_none())?)
            }
        }
        (pagination(list.page, path))
    })
}

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
        form method="post" action=(paths::toggle_task_path(task.id)) {
            input type="hidden" name="_method" value="patch";
            button.tick.on[task.is_done] aria-label={ (label) ": " (task.name) } title=(label) { "✓" }
        }
    }
}

fn tick_text(task: &Task) -> &'static str {
    match task.is_done {
        true => "Reopen",
        false => "Mark as done",
    }
}

fn due(task: &Task, today: NaiveDate) -> Markup {
    html! {
        @match task.due_on {
            Some(due) if task.is_overdue(today) => span.badge.bad { (time(due)) },
            Some(due) => span.badge { (time(due)) },
            None => span.muted { "–" },
        }
    }
}

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

/// The form for a new task.
pub fn new(task: &Task, projects: &[Project]) -> Markup {
    html! {
        div.head { h1 { "New task" } }
        (form(task, projects, paths::tasks_path(), "Add task"))
    }
}

/// The form for a task that exists.
pub fn edit(task: &Task, projects: &[Project]) -> Markup {
    html! {
        div.head { h1 { "Edit task" } }
        (form(task, projects, paths::task_path(task.id), "Save changes"))
    }
}

fn form(task: &Task, projects: &[Project], path: String, submit: &str) -> Markup {
    let projects = projects.iter().map(|project| (project.id, &*project.name));
    html! {
        section.card.form {
            (form_for(task, path, |form| html! {
                (form.text_field(|task| task.name()))
                (form.text_area(|task| task.description()))
                div.pair {
                    (form.select(|task| task.project_id(), projects))
                    (form.date_field(|task| task.due_on()).label("Due"))
                }
                (form.check_box(|task| task.is_done()).label("Done"))
                div.actions {
                    span.primary { (form.submit(submit)) }
                    a.button href=(paths::tasks_path()) { "Cancel" }
                }
            }))
        }
    }
}
