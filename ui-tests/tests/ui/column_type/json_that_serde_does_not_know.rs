use velocious::prelude::*;

#[derive(Clone, Default, ColumnType)]
#[column_type(json)]
pub struct Settings {
    pub theme: String,
}

fn main() {}
