use velocious::prelude::*;
use velocious_ui_tests::{TaskName, TaskNameChanges};

fn main() {
    let find = async |db: &Db| TaskName::find_or_initialize_by(db, TaskNameChanges::default()).await;
    let _ = find;
}
