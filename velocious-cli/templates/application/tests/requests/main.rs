//! Requests to the application, in process, each test with a database of its own.

use {{crate}}::application;
use velocious::testing::TestApp;

#[velocious::test]
async fn the_first_page_answers(app: TestApp) {
    app.get("/").await.assert_status(200);
}

#[velocious::test]
async fn the_stylesheet_is_served(app: TestApp) {
    app.get("/application.css").await.assert_status(200);
}

#[velocious::test]
async fn what_does_not_exist_is_not_found(app: TestApp) {
    app.get("/nowhere").await.assert_status(404);
}
