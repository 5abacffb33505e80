use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(numericality(greater_than = 0))]
    price: String,
    record: RecordState,
}

fn main() {}
