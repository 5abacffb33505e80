use velocious::prelude::*;

#[derive(Model)]
struct Task {
    id: i64,
    name: String,
    record: RecordState,
}

fn is_renamed(task: &Task) -> bool {
    task.was_changed_in(|task| task.title())
}

fn main() {}
