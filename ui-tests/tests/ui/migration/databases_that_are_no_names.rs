use velocious::prelude::*;

struct CreateNotes;

#[migration(version = 20260101120000, databases(reporting))]
impl Migration for CreateNotes {
    async fn change(&self, m: &mut Schema) -> Result<()> {
        m.create_table("notes", |_| {}).await
    }
}

fn main() {}
