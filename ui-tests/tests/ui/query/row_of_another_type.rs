use velocious::prelude::*;
use velocious_ui_tests::Task;

fn main() {
    let insert = async |db: &Db| {
        let rows = [("Task A", 1)];
        Task::insert_multiple(db, |t| (t.project_id(), t.name()), rows).await
    };
    let _ = insert;
}
