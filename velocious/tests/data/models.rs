//! The models of these tests.

use velocious::prelude::*;

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Account {
    pub id: i64,
    #[validate(presence, uniqueness)]
    pub name: String,

    #[has_many]
    pub projects: HasMany<Project>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Project {
    pub id: i64,
    #[validate(presence, length(min = 2, max = 20))]
    pub name: String,
    pub account_id: Option<i64>,
    pub archived: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[belongs_to]
    pub account: BelongsTo<Account>,
    #[has_many]
    pub tasks: HasMany<Task>,
    #[has_one]
    pub detail: HasOne<Detail>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
#[model(table = "project_details")]
pub(crate) struct Detail {
    pub id: i64,
    pub project_id: i64,
    pub note: Option<String>,

    #[belongs_to]
    pub project: BelongsTo<Project>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Task {
    pub id: i64,
    #[validate(presence, uniqueness(scope = project_id))]
    pub name: String,
    pub project_id: i64,
    pub parent_id: Option<i64>,
    #[model(column = "is_done")]
    pub done: bool,
    pub priority: i32,
    pub due_on: Option<NaiveDate>,
    pub estimate: Option<f64>,

    #[belongs_to]
    pub project: BelongsTo<Project>,
    #[belongs_to(key = parent_id)]
    pub parent: BelongsTo<Task>,
    #[has_many(key = parent_id)]
    pub children: HasMany<Task>,
    pub record: RecordState,
}

/// The same table without a state: its records can only be read.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(table = "tasks")]
pub(crate) struct TaskName {
    pub id: i64,
    pub name: String,
}
