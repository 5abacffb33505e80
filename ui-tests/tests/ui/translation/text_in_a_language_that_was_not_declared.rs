use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title, locales(en, de)))]
struct Article {
    id: i64,
    record: RecordState,
}

fn main() {
    let article = Article::new();
    println!("{:?}", article.title_fr());
}
