//! The models that chains are made of; `schema` says what they mean.

use velocious::prelude::*;

/// Has projects, and what belongs to them.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Account {
    pub id: i64,
    pub name: String,
    pub plan: Option<String>,
    pub opened_on: NaiveDate,

    #[has_many]
    pub projects: HasMany<Project>,
    #[has_many(through = projects)]
    pub tasks: HasMany<Task>,
    #[has_many(through = projects, source = detail)]
    pub details: HasMany<Detail>,
    pub record: RecordState,
}

/// May belong to an account.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Project {
    pub id: i64,
    pub name: String,
    pub account_id: Option<i64>,
    pub archived: bool,
    pub budget: Option<f64>,
    pub started_at: Option<DateTime<Utc>>,

    #[belongs_to]
    pub account: BelongsTo<Account>,
    #[has_many]
    pub tasks: HasMany<Task>,
    #[has_many(scope = |task| task.done().eq(false))]
    pub open_tasks: HasMany<Task>,
    #[has_one]
    pub detail: HasOne<Detail>,
    #[has_many(through = tasks, source = tags)]
    pub tags: HasMany<Tag>,
    pub record: RecordState,
}

/// At most one for a project.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Detail {
    pub id: i64,
    pub project_id: i64,
    pub note: Option<String>,
    pub active: bool,

    #[belongs_to]
    pub project: BelongsTo<Project>,
    #[has_one(through = project)]
    pub account: HasOne<Account>,
    pub record: RecordState,
}

/// May have a parent of its own kind.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Task {
    pub id: i64,
    pub name: String,
    pub project_id: i64,
    pub parent_id: Option<i64>,
    pub done: bool,
    pub flagged: Option<bool>,
    pub priority: i32,
    pub level: Option<i32>,
    pub serial: i64,
    pub due_on: Option<NaiveDate>,
    pub estimate: Option<f64>,
    pub note: Option<String>,
    pub created_on: DateTime<Utc>,

    #[belongs_to]
    pub project: BelongsTo<Project>,
    #[belongs_to(key = parent_id)]
    pub parent: BelongsTo<Task>,
    #[has_many(key = parent_id)]
    pub children: HasMany<Task>,
    #[has_one(through = project)]
    pub account: HasOne<Account>,
    #[has_many]
    pub taggings: HasMany<Tagging>,
    #[has_many(through = taggings)]
    pub tags: HasMany<Tag>,
    pub record: RecordState,
}

/// Ties a task to a tag, and may do so twice.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Tagging {
    pub id: i64,
    pub task_id: i64,
    pub tag_id: i64,
    pub weight: f64,

    #[belongs_to]
    pub task: BelongsTo<Task>,
    #[belongs_to]
    pub tag: BelongsTo<Tag>,
    pub record: RecordState,
}

/// Is on many tasks.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Tag {
    pub id: i64,
    pub label: String,
    pub color: Option<String>,

    #[has_many]
    pub taggings: HasMany<Tagging>,
    #[has_many(through = taggings)]
    pub tasks: HasMany<Task>,
    pub record: RecordState,
}
