use velocious::prelude::*;
use velocious_ui_tests::Project;

#[derive(Model)]
struct Comment {
    id: i64,
    #[has_one(through = project)]
    project: HasOne<Project>,
    #[has_one(through = second, source = first)]
    first: HasOne<Project>,
    #[has_one(through = first, source = second)]
    second: HasOne<Project>,
    record: RecordState,
}

fn main() {}
