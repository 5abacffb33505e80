use velocious::prelude::*;

#[derive(Model)]
#[model(callbacks)]
struct Task {
    id: i64,
    record: RecordState,
}

fn main() {}
