use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Projection)]
#[projection(model = Task)]
struct Line {
    #[projection(from = "project.name")]
    project_name: String,
}

fn main() {}
