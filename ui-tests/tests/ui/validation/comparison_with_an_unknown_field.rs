use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(comparison(greater_than = start_on))]
    ends_on: NaiveDate,
    starts_on: NaiveDate,
    record: RecordState,
}

fn main() {}
