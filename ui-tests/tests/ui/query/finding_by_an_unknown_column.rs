use velocious::prelude::*;
use velocious_ui_tests::{Task, TaskChanges};

fn main() {
    let find = async |db: &Db| {
        let wanted = TaskChanges { titel: Some("x".into()), ..Default::default() };
        Task::find_or_initialize_by(db, wanted).await
    };
    let _ = find;
}
