#[derive(ColumnType, Clone)]
pub struct Email(pub String);
