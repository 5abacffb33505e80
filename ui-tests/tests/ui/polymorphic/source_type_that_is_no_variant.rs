use velocious::prelude::*;
use velocious_ui_tests::{Project, Task};

#[derive(Polymorphic)]
enum Subject {
    Task(Task),
}

#[derive(Model)]
struct Comment {
    id: i64,
    account_id: i64,
    subject_id: i64,
    subject_type: String,
    #[belongs_to(polymorphic)]
    subject: BelongsToAny<Subject>,
    record: RecordState,
}

#[derive(Model)]
struct Account {
    id: i64,
    #[has_many]
    comments: HasMany<Comment>,
    #[has_many(through = comments, source = subject, source_type = Project)]
    projects: HasMany<Project>,
    record: RecordState,
}

fn main() {}
