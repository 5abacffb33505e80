use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title, slug, locales(en, de)))]
struct Article {
    id: i64,
    slug: String,
    record: RecordState,
}

fn main() {}
