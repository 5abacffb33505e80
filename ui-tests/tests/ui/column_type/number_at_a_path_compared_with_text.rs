use velocious::prelude::*;

#[derive(Model)]
pub struct Account {
    pub id: i64,
    pub settings: serde_json::Value,
}

fn main() {
    let _ = Account::filter(|account| account.settings().integer_at("size").eq("12"));
}
