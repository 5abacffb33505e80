use velocious::prelude::*;

#[derive(Model)]
pub struct Note {
    pub id: i64,
    pub name: String,
    pub project_id: i64,
    pub colour: String,
    pub record: RecordState,
}

fn main() {}
