use velocious::prelude::*;

#[derive(Model)]
struct Comment {
    uuid: String,
    body: String,
    record: RecordState,
}

fn main() {}
