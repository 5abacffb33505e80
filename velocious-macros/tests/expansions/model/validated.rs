#[derive(Model)]
#[validate(custom = check_dates, on = create)]
pub struct Booking {
    pub id: i64,
    #[validate(presence, uniqueness(scope(kind), case_sensitive = false))]
    #[validate(format(with = r"^[A-Z]+$", message = "must be in capitals"), if = is_public, unless(is_old, is_test))]
    pub code: String,
    #[validate(inclusion(in = ["day", "night"]), allow_blank)]
    pub kind: String,
    #[validate(numericality(greater_than = 0, less_than_or_equal = 2.5))]
    pub price: f64,
    #[validate(comparison(greater_than_or_equal = starts_on))]
    pub ends_on: NaiveDate,
    pub starts_on: NaiveDate,
    #[validate(confirmation, custom_async = check_quota)]
    pub email: String,
    #[model(transient)]
    pub email_confirmation: Option<String>,
    #[model(transient)]
    pub note: Note,
    #[has_many]
    #[validate(associated)]
    pub guests: HasMany<Guest>,
    pub record: RecordState,
}
