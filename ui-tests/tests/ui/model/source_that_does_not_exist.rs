use velocious::prelude::*;
use velocious_ui_tests::{Project, Task};

#[derive(Model)]
struct Comment {
    id: i64,
    task_id: i64,
    #[belongs_to]
    task: BelongsTo<Task>,
    #[has_one(through = task, source = projekt)]
    plan: HasOne<Project>,
    record: RecordState,
}

fn main() {}
