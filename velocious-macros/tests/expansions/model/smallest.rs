#[derive(Model)]
struct Smallest {
    id: i64,
    record: RecordState,
}
