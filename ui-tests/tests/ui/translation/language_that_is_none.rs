use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title, locales(en_US, german)))]
struct Article {
    id: i64,
    record: RecordState,
}

fn main() {}
