use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(format(with = "[a-z"))]
    code: String,
    record: RecordState,
}

fn main() {}
