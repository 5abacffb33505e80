#[test]
fn {{action}}_is_a_page() {
    TestApp::run({{crate}}::application(), async |app| {
        let page = app.get("/{{controller}}/{{action}}").await;
        page.assert_status(200);
    });
}
