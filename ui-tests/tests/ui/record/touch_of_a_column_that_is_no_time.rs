use velocious::prelude::*;

#[derive(Model)]
struct Task {
    id: i64,
    seen: bool,
    updated_at: DateTime<Utc>,
    record: RecordState,
}

async fn see(task: &mut Task, db: &Db) -> Result<()> {
    task.touch_column(db, |task| task.seen()).await
}

fn main() {}
