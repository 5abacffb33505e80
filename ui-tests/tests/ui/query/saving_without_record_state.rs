use velocious::prelude::*;
use velocious_ui_tests::TaskName;

fn main() {
    let _ = async |db: &Db, mut name: TaskName| name.save(db).await;
}
