//! Requests to `{{Models}}Controller`.

use velocious::testing::TestApp;

#[test]
fn the_list_is_a_page() {
    TestApp::run({{crate}}::application(), async |app| {
        let page = app.get("/{{models}}").await;
        assert_eq!(page.status(), 200);
    });
}
