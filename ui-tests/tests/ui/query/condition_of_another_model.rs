use velocious::prelude::*;
use velocious_ui_tests::{Project, Task};

fn main() {
    let of_project = Project::filter(|project| project.name().eq("x"));
    let _ = Task::filter(|task| task.project().tasks().any(|_| velocious::query::Condition::<Project>::all([])));
    let _ = of_project;
}
