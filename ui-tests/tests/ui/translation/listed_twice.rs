use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title, note, title, locales(en, de, en)))]
struct Article {
    id: i64,
    record: RecordState,
}

fn main() {}
