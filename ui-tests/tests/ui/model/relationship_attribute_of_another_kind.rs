use velocious::prelude::*;
use velocious_ui_tests::Project;

#[derive(Model)]
struct Comment {
    id: i64,
    #[has_many]
    project: BelongsTo<Project>,
    record: RecordState,
}

fn main() {}
