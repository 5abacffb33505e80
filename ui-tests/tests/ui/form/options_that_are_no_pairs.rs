use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::view::{Markup, Render, form_for};

#[derive(Model)]
struct Task {
    id: i64,
    state: String,
    record: RecordState,
}

fn form(task: &Task) -> Markup {
    form_for(task, RoutePath::raw("/tasks"), |form| {
        form.select(|task| task.state(), ["open", "done"]).render()
    })
}

fn main() {
    form(&Task::new());
}
