/// Creates the tasks.
impl Migration for CreateTasks {
    fn version(&self) -> u64 {
        20260101120000
    }
    fn name(&self) -> &'static str {
        "create_tasks"
    }
    /// There.
    fn up<'a>(
        &'a self,
        m: &'a mut Schema,
    ) -> ::velocious::__private::BoxFuture<'a, Result<()>> {
        ::std::boxed::Box::pin(async move {
            m.create_table("tasks", |t| t.timestamps()).await?;
            m.add_index("tasks", &["name"]).unique().await
        })
    }
    fn down<'a>(
        &'a self,
        m: &'a mut Schema,
    ) -> ::velocious::__private::BoxFuture<'a, Result<()>> {
        ::std::boxed::Box::pin(async move { m.drop_table("tasks").await })
    }
}
