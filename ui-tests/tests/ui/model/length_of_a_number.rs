use velocious::prelude::*;

#[derive(Model)]
struct Comment {
    id: i64,
    #[validate(length(max = 3))]
    size: i64,
    record: RecordState,
}

fn main() {}
