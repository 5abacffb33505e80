use velocious::prelude::*;

#[derive(Model)]
struct Comment {
    id: i64,
    state: RecordState,
    record: RecordState,
}

fn main() {}
