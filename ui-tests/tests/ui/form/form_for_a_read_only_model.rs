use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::view::{Markup, Render, form_for};

#[derive(Model)]
struct Task {
    id: i64,
    name: String,
}

fn form(task: &Task) -> Markup {
    form_for(task, RoutePath::raw("/tasks"), |form| {
        form.text_field(|task| task.name()).render()
    })
}

fn main() {
    form(&Task::new());
}
