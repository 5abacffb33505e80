#[derive(Model)]
/// Belongs to a shelf and has pages.
pub struct Book {
    pub id: i64,
    pub shelf_id: Option<i64>,

    #[belongs_to(counter_cache, touch = filled_at)]
    pub shelf: BelongsTo<Shelf>,
    #[has_many(dependent = destroy, inverse = book)]
    pub pages: HasMany<Page>,
    #[has_one(dependent = nullify)]
    pub cover: HasOne<Cover>,

    pub record: RecordState,
}
