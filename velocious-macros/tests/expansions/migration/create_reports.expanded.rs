impl Migration for CreateReports {
    fn version(&self) -> u64 {
        20260101120000
    }
    fn name(&self) -> &'static str {
        "create_reports"
    }
    fn databases(&self) -> &'static [&'static str] {
        &["default", "reporting"]
    }
    fn change<'a>(
        &'a self,
        m: &'a mut Schema,
    ) -> ::velocious::__private::BoxFuture<'a, Result<()>> {
        ::std::boxed::Box::pin(async move {
            m.create_table("reports", |t| t.timestamps()).await
        })
    }
    fn up<'a>(
        &'a self,
        schema: &'a mut ::velocious::__private::Schema,
    ) -> ::velocious::__private::BoxFuture<'a, ::velocious::__private::Result<()>> {
        ::velocious::__private::Migration::change(self, schema)
    }
    fn down<'a>(
        &'a self,
        schema: &'a mut ::velocious::__private::Schema,
    ) -> ::velocious::__private::BoxFuture<'a, ::velocious::__private::Result<()>> {
        ::velocious::__private::reversed(self, schema)
    }
}
