use velocious::prelude::*;
use velocious_ui_tests::TaskName;

fn main() {
    let insert = async |db: &Db| TaskName::insert_multiple(db, |t| t.name(), ["Task A"]).await;
    let _ = insert;
}
