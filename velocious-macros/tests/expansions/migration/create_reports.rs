#[migration(version = 20260101120000, databases("default", "reporting"))]
impl Migration for CreateReports {
    async fn change(&self, m: &mut Schema) -> Result<()> {
        m.create_table("reports", |t| t.timestamps()).await
    }
}
