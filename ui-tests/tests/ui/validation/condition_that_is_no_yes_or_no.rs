use velocious::prelude::*;

#[derive(Model)]
struct Booking {
    id: i64,
    #[validate(presence, unless = kind)]
    code: String,
    record: RecordState,
}

impl Booking {
    fn kind(&self) -> String {
        self.code.clone()
    }
}

fn main() {}
