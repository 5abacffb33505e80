use velocious::prelude::*;

#[derive(Model)]
#[model(tabel = "notes")]
struct Comment {
    id: i64,
    record: RecordState,
}

fn main() {}
