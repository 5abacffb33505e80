use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title, note))]
struct Article {
    id: i64,
    record: RecordState,
}

fn main() {}
