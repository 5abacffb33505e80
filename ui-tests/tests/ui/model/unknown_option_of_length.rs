use velocious::prelude::*;

#[derive(Model)]
struct Comment {
    id: i64,
    #[validate(length(maximum = 10))]
    body: String,
    record: RecordState,
}

fn main() {}
