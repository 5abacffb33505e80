use velocious::prelude::*;

#[derive(Model)]
struct Task {
    id: i64,
    views: i32,
    record: RecordState,
}

async fn count(task: &mut Task, db: &Db) -> Result<()> {
    task.increment(db, |task| task.views(), 0.5).await
}

fn main() {}
