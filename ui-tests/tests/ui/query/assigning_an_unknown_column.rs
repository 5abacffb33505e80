use velocious::prelude::*;
use velocious_ui_tests::{Task, TaskChanges};

fn main() {
    Task::new().assign(TaskChanges { nam: Some("x".into()), ..Default::default() });
}
