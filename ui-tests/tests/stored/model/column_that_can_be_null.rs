use velocious::prelude::*;

#[derive(Model)]
pub struct Note {
    pub id: i64,
    pub name: String,
    pub project_id: i64,
    pub body: String,
    pub due_on: NaiveDate,
    pub record: RecordState,
}

fn main() {}
