#[derive(Model)]
/// Something to do.
pub struct Task {
    pub id: i64,
    #[validate(presence, length(min = 1, max = 200), uniqueness(scope = project_id))]
    pub name: String,
    pub completed_at: Option<DateTime<Utc>>,
    pub project_id: i64,
    pub owner_id: Option<i64>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[belongs_to]
    pub project: BelongsTo<Project>,
    #[belongs_to(key = owner_id)]
    pub assignee: BelongsTo<crate::models::User>,
    #[has_many]
    pub comments: HasMany<Comment>,
    #[has_one(key = subject_id)]
    pub detail: HasOne<Detail>,

    pub record: RecordState,
}
