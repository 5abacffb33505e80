#[test(tags("db"), retry = 2, timeout = "5s", before(sign_in), after(sweep, crate::close), on_retry = restart)]
/// A task belongs to a project.
#[should_panic]
async fn creates_a_task(app: TestApp) -> Result<()> {
    app.get("/tasks").await.assert_status(200);
    Ok(())
}
