use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::view::{Markup, Render, form_for};

#[derive(Model)]
struct Guest {
    id: i64,
    name: String,
    record: RecordState,
}

fn form(guest: &Guest) -> Markup {
    form_for(guest, RoutePath::raw("/guests"), |form| form.password().render())
}

fn main() {
    form(&Guest::new());
}
