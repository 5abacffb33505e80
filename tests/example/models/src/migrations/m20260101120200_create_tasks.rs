//! Creates `tasks`.

use velocious::prelude::*;

pub struct CreateTasks;

#[migration(version = 20260101120200)]
impl Migration for CreateTasks {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("tasks", |t| {
            t.references("project").foreign_key().null(false);
            t.string("name").max_length(200).null(false);
            t.text("description").null(false);
            t.boolean("is_done").null(false).default_value(false);
            t.date("due_on");
            t.timestamps();
        })
        .await?;
        m.add_index("tasks", &["is_done", "due_on"]).await
    }

    async fn down(&self, m: &mut Schema) -> Result<()> {
        m.drop_table("tasks").await
    }
}
