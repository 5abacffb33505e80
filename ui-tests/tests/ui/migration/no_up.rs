use velocious::prelude::*;

struct CreateTasks;

#[migration(version = 20260101120000)]
impl Migration for CreateTasks {
    async fn down(&self, schema: &mut Schema) -> Result<()> {
        schema.drop_table("tasks").await
    }
}

fn main() {}
