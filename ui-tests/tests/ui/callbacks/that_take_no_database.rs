use velocious::prelude::*;

#[derive(Model)]
#[model(callbacks)]
struct Task {
    id: i64,
    record: RecordState,
}

impl Callbacks for Task {
    async fn after_commit(&mut self) -> Result<()> {
        Ok(())
    }
}

fn main() {}
