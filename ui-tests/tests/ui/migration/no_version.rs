use velocious::prelude::*;

struct CreateTasks;

#[migration]
impl Migration for CreateTasks {
    async fn up(&self, schema: &mut Schema) -> Result<()> {
        schema.drop_table("tasks").await
    }
}

fn main() {}
