//! The page with the form for a task that exists.

use velocious::view::{Markup, html};

use super::form::form;
use crate::config::routes::paths;
use crate::models::{Project, Task};

/// The form for a task that exists.
pub fn edit(task: &Task, projects: &[Project]) -> Markup {
    html! {
        div.head { h1 { "Edit task" } }
        (form(task, projects, paths::task_path(task.id), "Save changes"))
    }
}
