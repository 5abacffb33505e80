use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title(presense, length(maximum = 20)), locales(en)))]
struct Article {
    id: i64,
    record: RecordState,
}

fn main() {}
