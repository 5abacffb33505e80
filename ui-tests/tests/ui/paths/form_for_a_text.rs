use velocious::prelude::*;
use velocious::view::{Markup, form_for};

#[derive(Model)]
struct Task {
    id: i64,
    name: String,
    record: RecordState,
}

fn form(task: &Task) -> Markup {
    form_for(task, "/tsks", |form| form.submit("Save"))
}

fn main() {}
