#[derive(Model)]
/// People who talk about one subject.
pub struct Group {
    pub id: i64,
    pub code: String,

    #[has_many(key = group_code, primary_key = code, scope = |membership| membership.active().eq(true))]
    pub memberships: HasMany<Membership>,
    #[has_many(through = memberships, scope = User::awake, distinct)]
    pub users: HasMany<User>,
    #[has_one(through = memberships, source = user)]
    pub first_user: HasOne<User>,

    pub record: RecordState,
}
