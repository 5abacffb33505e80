use velocious::prelude::*;

#[derive(Model)]
#[model(table = "ntoes")]
pub struct Note {
    pub id: i64,
    pub name: String,
    pub project_id: i64,
    pub record: RecordState,
}

fn main() {}
