use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title, locales(en, de)))]
struct Article {
    id: i64,
    record: RecordState,
}

fn main() {
    let mut article = Article::new();
    article.set_title_de(5);
}
