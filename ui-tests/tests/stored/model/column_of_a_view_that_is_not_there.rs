use velocious::prelude::*;

#[derive(Model)]
#[model(table = "note_bodies")]
pub struct NoteBody {
    pub id: i64,
    pub bdy: String,
}

fn main() {}
