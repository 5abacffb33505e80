use velocious::prelude::*;

#[derive(Model)]
struct Task {
    id: i64,
    #[model(callbacks)]
    name: String,
    record: RecordState,
}

fn main() {}
