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
    subject_id: String,
    subject_type: i32,
    #[belongs_to(polymorphic)]
    subject: BelongsToAny<Subject>,
    record: RecordState,
}

fn main() {}
