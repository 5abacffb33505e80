use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Model)]
struct Project {
    id: i64,
    #[has_many(dependent = delete_all)]
    tasks: HasMany<Task>,
    record: RecordState,
}

fn main() {}
