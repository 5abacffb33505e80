use velocious::prelude::*;

#[derive(Model)]
#[validate(presence, custom = check)]
struct Booking {
    id: i64,
    code: String,
    record: RecordState,
}

fn main() {}
