use velocious::prelude::*;
use velocious_ui_tests::{Project, Task};

#[derive(Model)]
struct Comment {
    id: i64,
    task_id: i64,
    #[belongs_to(source = tasks)]
    task: BelongsTo<Task>,
    #[has_many(distinct)]
    tasks: HasMany<Task>,
    #[has_one(through = task, key = project_id, primary_key = task_id)]
    project: HasOne<Project>,
    #[belongs_to(through = task)]
    plan: BelongsTo<Project>,
    record: RecordState,
}

fn main() {}
