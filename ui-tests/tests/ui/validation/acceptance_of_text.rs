use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(acceptance)]
    terms: String,
    record: RecordState,
}

fn main() {}
