//! Creates `accounts`.

use velocious::prelude::*;

pub struct CreateAccounts;

#[migration(version = 20260101120000)]
impl Migration for CreateAccounts {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("accounts", |t| {
            t.string("name").max_length(100).null(false);
            t.timestamps();
        })
        .await?;
        m.add_index("accounts", &["name"]).unique().await
    }

    async fn down(&self, m: &mut Schema) -> Result<()> {
        m.drop_table("accounts").await
    }
}
