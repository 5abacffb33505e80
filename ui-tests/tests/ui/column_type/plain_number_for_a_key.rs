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
    let find = async |db: &Db| Task::find(db, 5).await;
    let _ = find;
}
