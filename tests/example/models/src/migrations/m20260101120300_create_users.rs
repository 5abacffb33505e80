//! Creates `users`.

use velocious::prelude::*;

pub struct CreateUsers;

#[migration(version = 20260101120300)]
impl Migration for CreateUsers {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("users", |t| {
            t.string("name").max_length(100).null(false);
            t.string("email").max_length(254).null(false);
            t.string("encrypted_password").null(false);
            t.string("picture");
            t.timestamps();
        })
        .await?;
        m.add_index("users", &["email"]).unique().await
    }

    async fn down(&self, m: &mut Schema) -> Result<()> {
        m.drop_table("users").await
    }
}
