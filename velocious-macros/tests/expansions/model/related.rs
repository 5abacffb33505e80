#[derive(Model)]
pub struct Membership {
    pub id: i64,
    pub account_id: i64,
    pub project_id: i64,
    #[belongs_to]
    pub account: BelongsTo<Account>,
    #[belongs_to]
    pub project: BelongsTo<Project>,
    #[has_many]
    pub invitations: HasMany<Invitation>,
    #[has_many(key = granted_by)]
    pub permissions: HasMany<Permission>,
    #[has_one]
    pub setting: HasOne<Setting>,
    pub record: RecordState,
}
