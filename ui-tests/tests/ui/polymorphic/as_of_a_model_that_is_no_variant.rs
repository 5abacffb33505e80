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
    #[belongs_to(polymorphic)]
    subject: BelongsToAny<Subject>,
    record: RecordState,
}

#[derive(Model)]
struct Account {
    id: i64,
    #[has_many(as = subject)]
    comments: HasMany<Comment>,
    record: RecordState,
}

fn main() {}
