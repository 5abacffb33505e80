use velocious::prelude::*;

struct Note;

#[derive(Model)]
struct Comment {
    id: i64,
    #[has_many]
    notes: HasMany<Note>,
    record: RecordState,
}

fn main() {}
