use velocious::prelude::*;
use velocious_ui_tests::Project;

#[derive(Model)]
#[model(tabel = "notes")]
struct Comment {
    id: i64,
    #[validate(presense, uniqness)]
    body: String,
    #[belongs_to]
    project: BelongsTo<Project>,
    record: RecordState,
}

fn main() {}
