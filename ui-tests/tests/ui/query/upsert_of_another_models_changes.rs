use velocious::prelude::*;
use velocious_ui_tests::{ProjectChanges, Task};

fn main() {
    let upsert = async |db: &Db| Task::upsert(db, ProjectChanges::default(), |t| t.name()).await;
    let _ = upsert;
}
