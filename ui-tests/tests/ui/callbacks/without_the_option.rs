use velocious::prelude::*;

#[derive(Model)]
struct Task {
    id: i64,
    record: RecordState,
}

impl Callbacks for Task {
    async fn before_save(&mut self, _: &Db) -> Result<()> {
        Ok(())
    }
}

fn main() {}
