use velocious::prelude::*;

#[derive(Model)]
struct Task {
    id: i64,
    lock_version: Option<i32>,
    record: RecordState,
}

fn main() {}
