use velocious::prelude::*;
use velocious_ui_tests::{Project, Task};

#[derive(Polymorphic)]
enum Subject {
    Nothing,
    Both(Task, Project),
    Named { task: Task },
}

fn main() {}
