use velocious::prelude::*;
use velocious_ui_tests::{Project, Task};

fn open(query: velocious::query::Query<Project>) -> velocious::query::Query<Project> {
    query
}

fn main() {
    let _ = Task::scope(open);
}
