use velocious::prelude::*;

#[derive(Model)]
struct Comment {
    id: i64,
    #[validate(presense)]
    body: String,
    record: RecordState,
}

fn main() {}
