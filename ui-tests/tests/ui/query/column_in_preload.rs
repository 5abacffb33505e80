use velocious::prelude::*;
use velocious_ui_tests::Task;

fn main() {
    let _ = Task::preload(|task| task.name());
}
