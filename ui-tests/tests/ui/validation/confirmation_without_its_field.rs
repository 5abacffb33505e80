use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(confirmation)]
    email: String,
    record: RecordState,
}

fn main() {}
