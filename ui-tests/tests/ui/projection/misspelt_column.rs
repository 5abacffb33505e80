use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Projection)]
#[projection(model = Task)]
struct Line {
    id: i64,
    nmae: String,
}

fn main() {}
