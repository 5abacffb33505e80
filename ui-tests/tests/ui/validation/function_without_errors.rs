use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(custom = check_code)]
    code: String,
    record: RecordState,
}

impl Booking {
    fn check_code(&self) -> bool {
        true
    }
}

fn main() {}
