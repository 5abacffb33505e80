use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title, locales(en)))]
struct Article {
    id: i64,
    title_en: Option<String>,
    record: RecordState,
}

fn main() {}
