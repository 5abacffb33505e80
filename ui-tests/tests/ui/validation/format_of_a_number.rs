use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(format(with = "^[0-9]+$"))]
    code: i64,
    record: RecordState,
}

fn main() {}
