use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title, locales(en, de)))]
struct Article {
    id: i64,
    record: RecordState,
}

fn main() {
    let _ = async |db: &Db| {
        Article::all().update_all(db, |article| [article.title_en().set(None)]).await
    };
}
