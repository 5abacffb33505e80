use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::view::{Markup, Render, form_for};

#[derive(Model)]
struct Project {
    id: i64,
    name: String,
    record: RecordState,
}

#[derive(Model)]
struct Task {
    id: i64,
    name: String,
    project_id: i64,
    #[belongs_to]
    project: BelongsTo<Project>,
    record: RecordState,
}

fn form(task: &Task) -> Markup {
    form_for(task, RoutePath::raw("/tasks"), |form| {
        form.text_field(|task| task.project()).render()
    })
}

fn main() {
    form(&Task::new());
}
