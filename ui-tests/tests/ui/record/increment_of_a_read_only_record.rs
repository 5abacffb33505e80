use velocious::prelude::*;

#[derive(Model)]
struct Task {
    id: i64,
    views: i32,
}

async fn count(task: &mut Task, db: &Db) -> Result<()> {
    task.increment(db, |task| task.views(), 1).await
}

fn main() {}
