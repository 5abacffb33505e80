use velocious::prelude::*;

#[derive(Model)]
struct Comment {
    id: i64,
    #[belongs_to]
    project_id: i64,
    record: RecordState,
}

fn main() {}
