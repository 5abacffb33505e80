use velocious::prelude::*;
use velocious_ui_tests::Task;

fn main() {
    let _ = async |db: &Db| Task::find(db, "1").await;
}
