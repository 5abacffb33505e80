use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Polymorphic)]
enum Subject {
    Task(Task),
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

fn main() {
    let _ = Comment::filter(|comment| comment.subject().name().eq("Write"));
    let _ = Comment::joins(|comment| comment.subject());
}
