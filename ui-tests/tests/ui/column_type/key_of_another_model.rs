use velocious::prelude::*;

#[derive(Model)]
struct Project {
    id: Id<Project>,
    record: RecordState,
}

#[derive(Model)]
struct Task {
    id: Id<Task>,
    project_id: Id<Project>,
    record: RecordState,
}

fn main() {
    let task = Task::new();
    let _ = Task::filter(|other| other.project_id().eq(task.id));
}
