use velocious::prelude::*;

#[derive(Model)]
#[model(before_save = trim_name)]
struct Task {
    id: i64,
    name: String,
    record: RecordState,
}

fn main() {}
