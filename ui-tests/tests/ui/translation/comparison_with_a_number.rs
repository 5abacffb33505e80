use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title, locales(en, de)))]
struct Article {
    id: i64,
    record: RecordState,
}

fn main() {
    Article::filter(|article| article.title().eq(5));
}
