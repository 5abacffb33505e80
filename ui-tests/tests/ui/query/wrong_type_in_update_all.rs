use velocious::prelude::*;
use velocious_ui_tests::Task;

fn main() {
    let _ = async |db: &Db| Task::all().update_all(db, |task| [task.done().set("yes")]).await;
}
