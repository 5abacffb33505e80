use velocious::prelude::*;

#[derive(Model)]
struct Comment {
    id: i64,
    #[validate(uniqueness(scope = projct_id))]
    body: String,
    project_id: i64,
    record: RecordState,
}

fn main() {}
