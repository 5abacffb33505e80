//! Requests to the application, in process, each test with a database of its own.

use velocious::testing::TestApp;

#[test]
fn the_first_page_answers() {
    TestApp::run({{crate}}::application(), async |app| {
        app.get("/").await.assert_status(200);
    });
}

#[test]
fn the_stylesheet_is_served() {
    TestApp::run({{crate}}::application(), async |app| {
        app.get("/application.css").await.assert_status(200);
    });
}

#[test]
fn what_does_not_exist_is_not_found() {
    TestApp::run({{crate}}::application(), async |app| {
        app.get("/nowhere").await.assert_status(404);
    });
}
