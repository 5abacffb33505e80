use velocious::prelude::*;
use velocious_ui_tests::{Project, Task};

#[derive(Model)]
struct Comment {
    id: i64,
    task_id: i64,
    #[belongs_to(dependent = destroy, inverse = comments)]
    task: BelongsTo<Task>,
    #[has_many(counter_cache, touch)]
    projects: HasMany<Project>,
    #[has_one(through = task, dependent = destroy)]
    project: HasOne<Project>,
    record: RecordState,
}

fn main() {}
