use velocious::prelude::*;

#[derive(Model)]
struct Line {
    id: i64,
    order_id: i64,
}

#[derive(Model)]
struct Order {
    id: i64,
    #[has_many]
    lines: HasMany<Line>,
    record: RecordState,
}

fn main() {
    let mut order = Order::new();
    order.lines.build(LineChanges::default());
}
