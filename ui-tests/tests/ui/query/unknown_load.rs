use velocious::prelude::*;
use velocious_ui_tests::Task;

fn main() {
    let _ = async |db: &Db, mut task: Task| task.load_projects(db).await;
}
