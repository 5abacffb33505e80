// The models of the guide's examples.

pub use velocious::prelude::*;

#[derive(Debug, Clone, Model)]
pub struct Account {
    pub id: i64,
    pub name: String,

    #[has_many]
    pub projects: HasMany<Project>,
    pub record: RecordState,
}

#[derive(Debug, Clone, Model)]
pub struct Project {
    pub id: i64,
    pub name: String,
    pub public: bool,
    pub account_id: i64,

    #[belongs_to]
    pub account: BelongsTo<Account>,
    #[has_one]
    pub detail: HasOne<ProjectDetail>,
    #[has_many]
    pub tasks: HasMany<Task>,
    pub record: RecordState,
}

#[derive(Debug, Clone, Model)]
pub struct ProjectDetail {
    pub id: i64,
    pub project_id: i64,
    pub is_active: bool,

    #[belongs_to]
    pub project: BelongsTo<Project>,
    pub record: RecordState,
}

#[derive(Debug, Clone, Model)]
pub struct Task {
    pub id: i64,
    #[validate(presence, length(max = 200))]
    pub name: String,
    pub identifier: String,
    pub description: Option<String>,
    pub status: String,
    pub priority: i32,
    pub completed_at: Option<DateTime<Utc>>,
    pub project_id: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[belongs_to]
    pub project: BelongsTo<Project>,
    pub record: RecordState,
}
