use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Model)]
struct Comment {
    id: i64,
    title: String,
    #[has_many(primary_key = titel, key = name)]
    tasks: HasMany<Task>,
    record: RecordState,
}

fn main() {}
