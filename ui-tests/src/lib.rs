//! Models that the cases under `tests/ui` make their mistakes with.

#![expect(missing_docs, reason = "the models of a test explain themselves")]

use velocious::prelude::*;

#[derive(Debug, Clone, Model)]
pub struct Project {
    pub id: i64,
    pub name: String,

    #[has_many]
    pub tasks: HasMany<Task>,
    pub record: RecordState,
}

#[derive(Debug, Clone, Model)]
pub struct Task {
    pub id: i64,
    pub name: String,
    pub project_id: i64,
    pub priority: i32,
    pub done: bool,

    #[belongs_to]
    pub project: BelongsTo<Project>,
    pub record: RecordState,
}

/// A view of the tasks, which nothing is saved to.
#[derive(Debug, Clone, Model)]
#[model(table = "tasks")]
pub struct TaskName {
    pub id: i64,
    pub name: String,
}
