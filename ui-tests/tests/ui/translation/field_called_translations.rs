use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title, locales(en)))]
struct Article {
    id: i64,
    #[has_many]
    translations: HasMany<Article>,
    record: RecordState,
}

fn main() {}
