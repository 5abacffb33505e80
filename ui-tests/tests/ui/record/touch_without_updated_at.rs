use velocious::prelude::*;

#[derive(Model)]
struct Task {
    id: i64,
    seen_at: DateTime<Utc>,
    record: RecordState,
}

async fn see(task: &mut Task, db: &Db) -> Result<()> {
    task.touch(db).await
}

fn main() {}
