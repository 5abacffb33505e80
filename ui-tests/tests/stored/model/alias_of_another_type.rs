use velocious::prelude::*;

type Name = Vec<u8>;

#[derive(Model)]
pub struct Note {
    pub id: i64,
    pub name: Name,
    pub project_id: i64,
    pub record: RecordState,
}

fn main() {}
