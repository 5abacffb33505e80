use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(custom = check_cod)]
    code: String,
    record: RecordState,
}

impl Booking {
    fn check_code(&self, _: &mut velocious::model::Errors) {}
}

fn main() {}
