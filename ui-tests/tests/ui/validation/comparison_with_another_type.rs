use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(comparison(greater_than = starts_on))]
    price: f64,
    starts_on: NaiveDate,
    record: RecordState,
}

fn main() {}
