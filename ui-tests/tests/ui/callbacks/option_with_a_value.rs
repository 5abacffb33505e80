use velocious::prelude::*;

#[derive(Model)]
#[model(callbacks = before_save)]
struct Task {
    id: i64,
    record: RecordState,
}

fn main() {}
