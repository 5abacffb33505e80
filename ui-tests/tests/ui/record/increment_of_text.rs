use velocious::prelude::*;

#[derive(Model)]
struct Task {
    id: i64,
    name: String,
    record: RecordState,
}

async fn count(task: &mut Task, db: &Db) -> Result<()> {
    task.increment(db, |task| task.name(), 1).await
}

fn main() {}
