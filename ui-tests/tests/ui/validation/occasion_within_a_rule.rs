use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(presence(on = create))]
    code: String,
    record: RecordState,
}

fn main() {}
