use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Model)]
struct Comment {
    id: i64,
    task_id: i64,
    #[belongs_to]
    task: BelongsTo<Task>,
    #[has_one(through = task, source = project)]
    given: HasOne<Task>,
    #[has_one(through = task)]
    project: HasOne<Task>,
    record: RecordState,
}

fn main() {}
