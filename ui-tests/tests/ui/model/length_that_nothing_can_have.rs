use velocious::prelude::*;

#[derive(Model)]
struct Comment {
    id: i64,
    #[validate(length(min = 10, max = 5))]
    body: String,
    record: RecordState,
}

fn main() {}
