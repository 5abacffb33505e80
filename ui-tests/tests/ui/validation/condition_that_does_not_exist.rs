use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(presence, if = is_publik)]
    code: String,
    record: RecordState,
}

impl Booking {
    fn is_public(&self) -> bool {
        true
    }
}

fn main() {}
