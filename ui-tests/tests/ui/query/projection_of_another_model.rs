use velocious::prelude::*;
use velocious_ui_tests::{Project, Task};

#[derive(Projection)]
#[projection(model = Project)]
struct Line {
    name: String,
}

fn main() {
    let _ = Task::select::<Line>();
}
