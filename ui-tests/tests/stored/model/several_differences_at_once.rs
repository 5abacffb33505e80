use velocious::prelude::*;

#[derive(Model)]
pub struct Note {
    pub id: i64,
    pub nmae: String,
    pub priority: bool,
    pub body: String,
    pub record: RecordState,
}

fn main() {}
