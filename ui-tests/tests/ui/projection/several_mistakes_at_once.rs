use velocious::prelude::*;

#[derive(Projection)]
#[projection(model = "Task")]
struct Line {
    #[projection(from = 5)]
    project_name: String,
    #[projection(column = project.name)]
    name: String,
}

fn main() {}
