#[derive(Model)]
#[model(callbacks)]
/// Has callbacks, and is not overwritten unseen.
pub struct Order {
    pub id: i64,
    pub updated_at: DateTime<Utc>,
    pub lock_version: i32,

    pub record: RecordState,
}
