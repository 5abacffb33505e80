use velocious::prelude::*;

#[derive(Model)]
pub struct Shelf {
    pub id: i64,
    pub name: String,
    pub project_id: i64,
    pub record: RecordState,
}

fn main() {}
