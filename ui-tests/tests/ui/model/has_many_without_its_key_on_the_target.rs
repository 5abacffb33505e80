use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Model)]
struct Comment {
    id: i64,
    #[has_many]
    tasks: HasMany<Task>,
    record: RecordState,
}

fn main() {}
