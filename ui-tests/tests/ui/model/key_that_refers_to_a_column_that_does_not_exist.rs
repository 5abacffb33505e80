use velocious::prelude::*;
use velocious_ui_tests::Project;

#[derive(Model)]
struct Comment {
    id: i64,
    project_name: String,
    #[belongs_to(key = project_name, primary_key = nam)]
    project: BelongsTo<Project>,
    record: RecordState,
}

fn main() {}
