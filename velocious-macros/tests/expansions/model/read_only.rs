#[derive(Model)]
#[model(table = "statistics")]
pub(crate) struct Statistic {
    #[model(primary_key, column = "KEY")]
    code: String,
    #[model(column = "type")]
    pub(crate) r#type: i64,
    count: i64,
}
