#[derive(Model)]
/// What somebody says about something.
pub struct Comment {
    pub id: i64,
    pub subject_id: Option<i64>,
    pub subject_type: Option<String>,

    #[belongs_to(polymorphic)]
    pub subject: BelongsToAny<Subject>,
    #[has_many(as = subject)]
    pub comments: HasMany<Comment>,
    #[has_many(through = comments, source = subject, source_type = crate::Task)]
    pub tasks: HasMany<crate::Task>,

    pub record: RecordState,
}
