use velocious::prelude::*;
use velocious_ui_tests::Task;

fn main() {
    let insert = async |db: &Db| Task::insert_multiple(db, |t| t.project(), [1]).await;
    let _ = insert;
}
