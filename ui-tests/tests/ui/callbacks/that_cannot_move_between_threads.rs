use std::rc::Rc;

use velocious::prelude::*;

#[derive(Model)]
#[model(callbacks)]
struct Task {
    id: i64,
    record: RecordState,
}

impl Callbacks for Task {
    async fn before_save(&mut self, db: &Db) -> Result<()> {
        let shared = Rc::new(1);
        Task::count(db).await?;
        drop(shared);
        Ok(())
    }
}

fn main() {}
