use velocious::prelude::*;
use velocious_ui_tests::{Project, Task};

#[derive(Polymorphic)]
enum Subject {
    Task(Task),
    Project(Project),
}

#[derive(Model)]
struct Comment {
    id: i64,
    subject_id: i64,
    subject_type: String,
    #[belongs_to]
    subject: BelongsToAny<Subject>,
    other_id: i64,
    other_type: String,
    #[belongs_to(polymorphic)]
    other: BelongsTo<Task>,
    record: RecordState,
}

fn main() {}
