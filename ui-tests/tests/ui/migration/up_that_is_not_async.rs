use velocious::prelude::*;

struct CreateTasks;

#[migration(version = 20260101120000)]
impl Migration for CreateTasks {
    fn up(&self, schema: &mut Schema) -> Result<()> {
        schema.drop_table("tasks");
        Ok(())
    }
}

fn main() {}
