use velocious::prelude::*;
use velocious_ui_tests::Task;

fn main() {
    let update = async |db: &Db, task: &mut Task| task.update_column(db, |t| t.priority().set("high")).await;
    let _ = update;
}
