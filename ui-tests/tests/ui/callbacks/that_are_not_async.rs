use velocious::prelude::*;

#[derive(Model)]
#[model(callbacks)]
struct Task {
    id: i64,
    record: RecordState,
}

impl Callbacks for Task {
    fn before_save(&mut self, _: &Db) -> Result<()> {
        Ok(())
    }
}

fn main() {}
