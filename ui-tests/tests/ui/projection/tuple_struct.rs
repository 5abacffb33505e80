use velocious::prelude::*;
use velocious_ui_tests::Task;

#[derive(Projection)]
#[projection(model = Task)]
struct Line(i64);

fn main() {}
