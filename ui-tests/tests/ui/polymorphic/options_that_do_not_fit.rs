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
    project_id: i64,
    subject_id: i64,
    subject_type: String,
    #[belongs_to(polymorphic, scope = |task| task.done().eq(true), primary_key = name)]
    subject: BelongsToAny<Subject>,
    #[has_many(polymorphic)]
    tasks: HasMany<Task>,
    #[belongs_to(as = subject)]
    project: BelongsTo<Project>,
    #[has_many(through = tasks, source_type = Project)]
    projects: HasMany<Project>,
    record: RecordState,
}

fn main() {}
