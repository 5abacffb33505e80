use velocious::prelude::*;
use velocious_ui_tests::{Project, ProjectChanges, Task};

fn main() {
    let mut project = Project::new();
    project.tasks.build(ProjectChanges::default());
    let mut task = Task::new();
    task.project.set(Task::new());
}
