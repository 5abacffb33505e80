#[derive(Model, Clone, Debug)]
pub struct Project {
    pub id: i64,
    #[validate(presence, length(max = 120))]
    pub name: String,
    #[has_many]
    pub tasks: HasMany<Task>,
    pub record: RecordState,
}
