use velocious::prelude::*;

#[derive(Model)]
struct Task {
    id: i64,
    lock_version: String,
    record: RecordState,
}

fn main() {}
