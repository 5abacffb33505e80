use velocious::prelude::*;

#[derive(Model)]
struct Guest {
    id: i64,
    record: RecordState,
}

fn main() {
    let mut guest = Guest::new();
    guest.set_password("correct horse");
}
