//! Signing up, in and out, and what a user has.

use example::application;
use example::models::{Task, User};
use velocious::prelude::*;
use velocious::testing::TestApp;

use super::{project, sign_up};

/// The beginning of a picture, which is all that is looked at.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

#[velocious::test]
async fn visitors_read_and_are_sent_to_sign_in_before_they_change_anything(
    app: TestApp,
) -> Result<()> {
    let project = project(app.db()).await?;
    app.get("/tasks").await.assert_status(200);
    app.get(format!("/projects/{}", project.id))
        .await
        .assert_status(200);
    for path in ["/tasks", "/projects", "/accounts"] {
        let answer = app.post(path).form(&[("task[name]", "Sweep")]).await;
        answer.assert_redirect("/session/new");
        let answer = app.post(path).json(&["anything"]).await;
        answer.assert_status(401);
    }
    app.delete(format!("/projects/{}", project.id))
        .await
        .assert_redirect("/session/new");
    assert!(!Task::all().exists(app.db()).await?);

    app.get("/tasks/new").await.assert_redirect("/session/new");
    let form = [
        ("user[name]", "Bo"),
        ("user[email]", "bo@example.com"),
        ("user[password]", "a long password"),
    ];
    let back = app.post("/profile").form(&form).await;
    back.assert_redirect("/tasks/new");
    app.follow_redirect(&back).await.assert_status(200);
    Ok(())
}

#[velocious::test]
async fn who_signs_up_is_told_what_is_wrong(app: TestApp) {
    let form = [
        ("user[name]", ""),
        ("user[email]", "nobody"),
        ("user[password]", "short"),
        ("user[password_confirmation]", "shorter"),
    ];
    app.post("/profile")
        .form(&form)
        .await
        .assert_status(422)
        .assert_text("is no address")
        .assert_text("is too short (minimum is 8 characters)")
        .assert_text("doesn't match Password")
        .assert_no_text("value=\"short\"");
    sign_up(&app).await;
    app.forget_cookies();
    let form = [
        ("user[name]", "Bo"),
        ("user[email]", " BO@example.com"),
        ("user[password]", "a long password"),
    ];
    let taken = app.post("/profile").form(&form).await;
    taken
        .assert_status(422)
        .assert_text("has already been taken");
}

#[velocious::test]
async fn who_signs_in_gets_another_session_and_who_signs_out_has_none(app: TestApp) {
    sign_up(&app).await;
    app.get("/profile")
        .await
        .assert_status(200)
        .assert_text("bo@example.com");
    let page = app.get("/tasks").await;
    page.assert_text("href=\"/profile\"");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    app.delete("/session").await.assert_redirect("/");
    app.get("/profile").await.assert_redirect("/session/new");

    let sign_in = async |password: &str| {
        let form = [
            ("user[email]", "Bo@example.com"),
            ("user[password]", password),
        ];
        app.post("/session").form(&form).await
    };
    let wrong = sign_in("a wrong password").await;
    wrong
        .assert_status(422)
        .assert_text("Wrong email or password.")
        .assert_text("value=\"Bo@example.com\"");
    let right = sign_in("a long password").await;
    right.assert_redirect("/profile");
    app.follow_redirect(&right).await.assert_status(200);
}

#[velocious::test]
async fn a_picture_is_kept_shown_and_deleted_with_its_user(app: TestApp) -> Result<()> {
    let folder = example::storage::folder(app.app());
    sign_up(&app).await;
    app.get("/profile/picture").await.assert_status(404);
    let upload = async |name: &str, content: &[u8]| {
        let form = app.patch("/profile/picture");
        form.file("user[picture]", name, "image/png", content).await
    };
    upload("notes.png", b"some text")
        .await
        .assert_status(422)
        .assert_text("has to be a PNG, JPEG or WebP");
    let large = [PNG, &[0; 1024 * 1024]].concat();
    upload("large.png", &large)
        .await
        .assert_status(422)
        .assert_text("is too large");

    upload("../me.png", PNG).await.assert_redirect("/profile");
    let first = stored(&app).await?;
    assert!(folder.join(&first).exists());
    let shown = app.get("/profile/picture").await;
    assert_eq!(shown.header("content-type"), Some("image/png"));
    assert_eq!(shown.bytes(), PNG);

    upload("me.png", PNG).await.assert_redirect("/profile");
    let second = stored(&app).await?;
    assert!(!folder.join(&first).exists() && folder.join(&second).exists());

    app.delete("/profile").await.assert_redirect("/");
    assert!(!folder.join(&second).exists());
    assert!(!User::all().exists(app.db()).await?);
    app.get("/profile/picture")
        .await
        .assert_redirect("/session/new");
    Ok(())
}

async fn stored(app: &TestApp) -> Result<String> {
    let user = User::all().first(app.db()).await?;
    Ok(user.and_then(|user| user.picture).expect("a picture"))
}

#[velocious::test]
async fn seeds_let_nobody_in_outside_of_development(app: TestApp) -> Result<()> {
    example::config::seeds::sow(app.app().clone()).await?;
    assert!(Task::all().exists(app.db()).await?);
    assert!(!User::all().exists(app.db()).await?);
    Ok(())
}
