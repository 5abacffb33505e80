use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(inclusion(in = ["one", "two"]))]
    guests: i32,
    record: RecordState,
}

fn main() {}
