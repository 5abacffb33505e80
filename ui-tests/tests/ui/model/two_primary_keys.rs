use velocious::prelude::*;

#[derive(Model)]
struct Comment {
    #[model(primary_key)]
    a: i64,
    #[model(primary_key)]
    b: i64,
    record: RecordState,
}

fn main() {}
