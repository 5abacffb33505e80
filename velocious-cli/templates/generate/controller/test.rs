#[velocious::test]
async fn {{action}}_is_a_page(app: TestApp) {
    let page = app.get("/{{controller}}/{{action}}").await;
    page.assert_status(200);
}
