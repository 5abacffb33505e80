use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Model)]
struct Comment {
    id: i64,
    subject_id: i64,
    subject_type: String,
    #[belongs_to(polymorphic)]
    subject: BelongsToAny<Task>,
    record: RecordState,
}

fn main() {}
