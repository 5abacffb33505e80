use velocious::prelude::*;

#[derive(Model)]
#[model(translate(title, locales(en)))]
struct Article {
    id: i64,
    record: RecordState,
}

fn main() {}
