#[migration(version = 20260101120000)]
/// Creates the tasks.
impl Migration for CreateTasks {
    /// There.
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("tasks", |t| t.timestamps()).await?;
        m.add_index("tasks", &["name"]).unique().await
    }

    async fn down(&self, m: &mut Schema) -> Result<()> {
        m.drop_table("tasks").await
    }
}
