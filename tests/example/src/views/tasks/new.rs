//! The page with the form for a new task.

use velocious::view::{Markup, html};

use super::form::form;
use crate::config::routes::paths;
use crate::models::{Project, Task};

/// The form for a new task.
pub fn new(task: &Task, projects: &[Project]) -> Markup {
    html! {
        div.head { h1 { "New task" } }
        (form(task, projects, paths::tasks_path(), "Add task"))
    }
}
