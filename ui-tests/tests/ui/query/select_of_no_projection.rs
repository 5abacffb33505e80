use velocious::prelude::*;
use velocious_ui_tests::Task;

struct Line;

fn main() {
    let _ = Task::select::<Line>();
}
