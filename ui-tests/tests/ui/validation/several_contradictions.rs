use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(presence, absence, length(min = 5, max = 2), numericality(odd, even))]
    code: String,
    #[validate(inclusion, uniqueness(scope = kod))]
    kind: String,
    record: RecordState,
}

fn main() {}
