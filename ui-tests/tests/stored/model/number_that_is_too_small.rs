use velocious::prelude::*;

#[derive(Model)]
pub struct Note {
    pub id: i64,
    pub name: String,
    pub project_id: i32,
    pub record: RecordState,
}

fn main() {}
