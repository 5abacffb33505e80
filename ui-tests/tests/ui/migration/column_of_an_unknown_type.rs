use velocious::prelude::*;

struct CreateNotes;

#[migration(version = 20260101120000)]
impl Migration for CreateNotes {
    async fn change(&self, m: &mut Schema) -> Result<()> {
        m.create_table("notes", |t| {
            t.strnig("name");
        })
        .await
    }
}

fn main() {}
