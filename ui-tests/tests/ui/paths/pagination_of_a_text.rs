use velocious::prelude::*;
use velocious::query::Page;
use velocious::view::{Markup, pagination};

#[derive(Model)]
struct Task {
    id: i64,
}

fn links(page: &Page<Task>) -> Markup {
    pagination(page, "/tsks")
}

fn main() {}
