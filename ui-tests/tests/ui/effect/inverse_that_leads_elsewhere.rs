use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Model)]
struct Area {
    id: i64,
    #[has_many(key = project_id, inverse = project)]
    tasks: HasMany<Task>,
    record: RecordState,
}

fn main() {}
