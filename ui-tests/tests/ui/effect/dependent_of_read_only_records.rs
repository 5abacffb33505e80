use velocious::prelude::*;

#[derive(Model)]
struct Line {
    id: i64,
    order_id: i64,
}

#[derive(Model)]
struct Order {
    id: i64,
    #[has_many(dependent = destroy)]
    lines: HasMany<Line>,
    record: RecordState,
}

fn main() {}
