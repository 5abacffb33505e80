use velocious::prelude::*;
use velocious_ui_tests::{Task, TaskChanges};

fn main() {
    let upsert = async |db: &Db| Task::upsert(db, TaskChanges::default(), |t| t.project()).await;
    let _ = upsert;
}
