//! The list.

use velocious::prelude::*;
use velocious::query::Page;
use velocious::view::{Markup, html, pagination};

use super::table::table;
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
