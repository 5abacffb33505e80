use velocious::prelude::*;

#[derive(Projection)]
#[projection(modle = velocious_ui_tests::Task)]
struct Line {
    #[projection(form = project.name)]
    project_name: String,
}

fn main() {}
