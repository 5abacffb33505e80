//! Creates `projects`.

use velocious::prelude::*;

pub struct CreateProjects;

#[migration(version = 20260101120100)]
impl Migration for CreateProjects {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("projects", |t| {
            t.references("account").foreign_key().null(false);
            t.string("name").max_length(100).null(false);
            t.text("description").null(false);
            t.timestamps();
        })
        .await?;
        m.add_index("projects", &["account_id", "name"])
            .unique()
            .await
    }

    async fn down(&self, m: &mut Schema) -> Result<()> {
        m.drop_table("projects").await
    }
}
