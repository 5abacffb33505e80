use velocious::prelude::*;

#[derive(Model)]
pub struct Note {
    pub id: i64,
    pub project_id: i64,
    #[model(column = "titel")]
    pub title: String,
    pub name: String,
    pub record: RecordState,
}

fn main() {}
