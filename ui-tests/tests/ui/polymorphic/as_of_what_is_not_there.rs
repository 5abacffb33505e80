use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Model)]
struct Account {
    id: i64,
    #[has_many(as = subject)]
    tasks: HasMany<Task>,
    record: RecordState,
}

fn main() {}
