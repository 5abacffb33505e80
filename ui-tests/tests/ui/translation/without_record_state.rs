use velocious::prelude::*;

#[derive(Model)]
#[model(translates(title, locales(en)))]
struct Article {
    id: i64,
}

fn main() {}
