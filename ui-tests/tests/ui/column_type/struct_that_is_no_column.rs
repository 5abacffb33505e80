use velocious::prelude::*;

#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub theme: String,
}

#[derive(Model)]
pub struct Account {
    pub id: i64,
    pub settings: Settings,
}

fn main() {}
