use velocious::prelude::*;

#[derive(Model)]
pub struct Note {
    pub id: i64,
    pub priority: i32,
    pub record: RecordState,
}

fn main() {}
