use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title(numericality), locales(en)))]
struct Article {
    id: i64,
    record: RecordState,
}

fn main() {}
