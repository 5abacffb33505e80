use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(custom = check_code)]
    code: String,
    record: RecordState,
}

impl Booking {
    fn check_code(&self, _: &mut velocious::model::Errors) -> bool {
        true
    }
}

fn main() {}
