use velocious::prelude::*;

#[derive(Model)]
#[model(callback)]
struct Task {
    id: i64,
    record: RecordState,
}

fn main() {}
