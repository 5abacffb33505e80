//! Requests to the application, in process, each test with a database of its own.

use velocious::testing::TestApp;

#[test]
fn the_first_page_answers() {
    TestApp::run({{crate}}::application(), async |app| {
        let page = app.get("/").await;
        assert_eq!(page.status(), 200);
    });
}
