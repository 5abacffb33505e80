#[derive(ColumnType, Clone, Default, Serialize, Deserialize)]
#[column_type(json)]
pub struct Settings {
    pub theme: String,
    pub sizes: Vec<i64>,
}
