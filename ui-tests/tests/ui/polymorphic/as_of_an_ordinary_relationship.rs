use velocious::prelude::*;

#[derive(Model)]
struct Comment {
    id: i64,
    subject_id: i64,
    subject_type: String,
    #[belongs_to]
    subject: BelongsTo<Account>,
    record: RecordState,
}

#[derive(Model)]
struct Account {
    id: i64,
    #[has_many(as = subject)]
    comments: HasMany<Comment>,
    record: RecordState,
}

fn main() {}
