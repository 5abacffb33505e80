use velocious::prelude::*;

#[derive(Model)]
struct Project {
    id: Id<Project>,
}

#[derive(Model)]
struct Task {
    id: Id<Task>,
    project_id: Id<Task>,
    #[belongs_to]
    project: BelongsTo<Project>,
}

fn main() {}
