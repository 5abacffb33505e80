#[derive(Model)]
/// In two languages.
#[model(translates(title(presence), r#type, locales(en, "pt-BR"), timestamps))]
pub struct Article {
    pub id: i64,
    #[model(transient)]
    pub draft: bool,

    pub record: RecordState,
}
