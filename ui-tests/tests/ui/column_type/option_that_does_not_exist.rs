use serde::{Deserialize, Serialize};
use velocious::prelude::*;

#[derive(Clone, Default, Serialize, Deserialize, ColumnType)]
#[column_type(jsonb)]
pub struct Settings {
    pub theme: String,
}

fn main() {}
