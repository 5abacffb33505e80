use velocious::prelude::*;

#[derive(Model)]
pub struct Account {
    pub id: i64,
    pub settings: String,
}

fn main() {
    let _ = Account::filter(|account| account.settings().text_at("theme").eq("dark"));
}
