use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(uniqueness(case_sensitive = false))]
    price: f64,
    record: RecordState,
}

fn main() {}
