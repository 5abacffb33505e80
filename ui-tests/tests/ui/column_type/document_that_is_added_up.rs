use velocious::prelude::*;

#[derive(Model)]
pub struct Account {
    pub id: i64,
    pub settings: serde_json::Value,
}

async fn total(db: &Db) -> Result<()> {
    let _ = Account::all().sum(db, |account| account.settings()).await?;
    Ok(())
}

fn main() {}
