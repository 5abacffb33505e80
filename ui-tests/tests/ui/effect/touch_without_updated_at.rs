use velocious::prelude::*;
use velocious_ui_tests::Project;

#[derive(Model)]
struct Comment {
    id: i64,
    project_id: i64,
    #[belongs_to(touch)]
    project: BelongsTo<Project>,
    record: RecordState,
}

fn main() {}
