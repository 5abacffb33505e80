//! The form that makes or changes a task.

use velocious::routing::RoutePath;
use velocious::view::{Markup, form_for, html};

use crate::config::routes::paths;
use crate::models::{Project, Task};

pub(super) fn form(task: &Task, projects: &[Project], path: RoutePath, submit: &str) -> Markup {
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
