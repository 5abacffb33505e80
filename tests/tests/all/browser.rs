//! What a person sees, in a real browser. Pictures are saved under `target/screenshots`.

use velocious_tests::{Browser, Server};

const PASSWORD: &str = "correct horse battery staple";

/// Signs up as somebody new.
fn sign_up(browser: &Browser, server: &Server) {
    browser.visit(&server.url("/profile/new"));
    browser.find("#user_name").fill("Bo Berg");
    browser.find("#user_email").fill("bo@example.com");
    browser.find("#user_password").fill(PASSWORD);
    browser.find("#user_password_confirmation").fill(PASSWORD);
    browser.find(".primary button").click();
    browser.wait_for(".flash-notice", "Welcome, Bo Berg.");
}

/// Fails the test if the page loads or runs what its `Content-Security-Policy` forbids, or what is not there. A form that
/// was answered with 422 is told to the console, too, and is as it should be.
fn assert_quiet(browser: &Browser) {
    let mut console = browser.console();
    console.retain(|message| !message.contains("status of 422"));
    assert!(console.is_empty(), "{console:#?}");
}

#[test]
fn somebody_signs_up_and_in_and_out_and_is_forgotten() {
    let server = Server::example();
    let browser = Browser::open();
    browser.visit(&server.url("/tasks/new"));
    browser.wait_for(".flash-alert", "Please sign in first.");
    browser.find("a[href='/profile/new']").click();

    browser.wait_for("h1", "Sign up");
    browser.find("#user_email").fill("bo@example.com");
    browser.find("#user_password").fill("short");
    browser.find("#user_password_confirmation").fill("other");
    browser.find(".primary button").click();
    browser.wait_for(".field:has(#user_name) .error", "can't be blank");
    browser.wait_for(".field:has(#user_password) .error", "is too short");
    browser.wait_for(
        ".field:has(#user_password_confirmation) .error",
        "doesn't match Password",
    );
    assert_eq!(
        browser.find("#user_email").property("value"),
        "bo@example.com"
    );
    assert_eq!(
        browser.find("#user_password").property("value"),
        "",
        "a password is never shown again"
    );
    browser.screenshot("10-sign-up-with-errors");

    browser.find("#user_name").fill("Bo Berg");
    browser.find("#user_password").fill(PASSWORD);
    browser.find("#user_password_confirmation").fill(PASSWORD);
    browser.find(".primary button").click();
    browser.wait_for(".flash-notice", "Welcome, Bo Berg.");
    browser.wait_for("h1", "New task");
    let token = browser
        .find("form input[name=csrf_token]")
        .property("value");
    assert!(
        token.as_str().is_some_and(|token| token.len() > 20),
        "{token}"
    );

    browser.find(".user a").click();
    browser.wait_for("h1", "Bo Berg");
    assert!(
        browser.all(".flash").is_empty(),
        "a flash message is shown once"
    );
    browser.find(".actions form button").click();
    browser.wait_for(".flash-notice", "You are signed out.");
    browser.back();
    browser.wait_for("h1", "Sign in");
    assert!(
        !browser.text().contains("bo@example.com"),
        "{}",
        browser.text()
    );
    browser.back();
    assert!(!browser.text().contains("Bo Berg"), "{}", browser.text());

    browser.visit(&server.url("/session/new"));
    browser.find("#user_email").fill("bo@example.com");
    browser.find("#user_password").fill("a wrong password");
    browser.find(".primary button").click();
    browser.wait_for(".flash-alert", "Wrong email or password.");
    browser.screenshot("11-sign-in-with-a-wrong-password");
    browser.find("#user_password").fill(PASSWORD);
    browser.find(".primary button").click();
    browser.wait_for(".flash-notice", "Welcome, Bo Berg.");
    assert_quiet(&browser);
}

#[test]
fn a_picture_is_uploaded_and_seen() {
    let server = Server::example();
    let browser = Browser::open();
    sign_up(&browser, &server);
    browser.visit(&server.url("/profile/edit"));
    browser.screenshot("12-profile-before-the-picture");
    let notes = velocious_tests::TemporaryFolder::new("notes");
    let notes = notes.path().join("notes.png");
    std::fs::write(&notes, "no picture at all").expect("the folder can be written");
    browser
        .find("#user_picture")
        .type_text(&notes.to_string_lossy());
    browser.find(".person button").click();
    browser.wait_for(
        ".field:has(#user_picture) .error",
        "has to be a PNG, JPEG or WebP",
    );
    browser.screenshot("13-no-picture");

    // What was just saved is a picture, too.
    let picture = browser.screenshot("harness-picture");
    browser
        .find("#user_picture")
        .type_text(&picture.to_string_lossy());
    browser.find(".person button").click();
    browser.wait_for(".flash-notice", "Your picture was changed.");
    for place in [".user", ".person"] {
        let width = format!("document.querySelector('{place} img.picture').naturalWidth");
        assert_eq!(browser.evaluate(&width), 1200, "the picture in {place}");
    }
    browser.screenshot("14-profile-with-a-picture");

    browser.visit(&server.url("/profile/edit"));
    browser.screenshot("15-edit-profile");
    browser.find(".person + .danger button").click();
    browser.wait_for(".flash-notice", "Your picture was deleted.");
    assert!(browser.all("img.picture").is_empty());
    assert_quiet(&browser);
}

#[test]
fn a_form_shows_its_error_is_corrected_and_the_task_is_in_the_list() {
    let server = Server::example();
    let browser = Browser::open();
    sign_up(&browser, &server);
    browser.visit(&server.url("/tasks/new"));
    browser
        .find("#task_description")
        .fill("Written before the name was.");
    browser.find(".primary button").click();

    browser.wait_for(".field:has(#task_name) .error", "can't be blank");
    assert_eq!(browser.find("#task_name").property("ariaInvalid"), "true");
    let description = browser.find("#task_description").property("value");
    assert_eq!(
        description, "Written before the name was.",
        "what was typed is kept"
    );
    browser.screenshot("1-error-beside-the-field");

    browser
        .find("#task_name")
        .fill("Water the <plants> & trees");
    browser.find(".primary button").click();

    browser.wait_for(".flash-notice", "The task was added.");
    browser.wait_for("h1", "Tasks");
    browser.wait_for("tbody tr .name a", "Water the <plants> & trees");
    browser.screenshot("2-the-new-task-in-the-list");

    browser.visit(&server.url("/tasks"));
    assert!(
        browser.all(".flash").is_empty(),
        "a flash message is shown once"
    );
}

#[test]
fn a_task_is_ticked_off_edited_and_deleted() {
    let server = Server::example();
    let browser = Browser::open();
    sign_up(&browser, &server);
    browser.visit(&server.url("/tasks"));
    let name = browser.find("tbody tr .name a").text();
    let token = "form:has(.tick) input[name=csrf_token]";
    assert_eq!(browser.all(token).len(), browser.all(".tick").len());

    browser
        .find("tbody tr:first-child:not(.done) .tick")
        .click();
    let ticked = browser.find("tbody tr:first-child.done .tick.on");
    assert_eq!(ticked.property("title"), "Reopen");

    browser.find("tbody tr .name a").click();
    browser.wait_for("h1", &name);
    browser.screenshot("3-one-task");
    browser.find(".actions a.button").click();
    browser.find("#task_name").fill("Renamed");
    browser.find(".primary button").click();
    browser.wait_for(".flash-notice", "The task was changed.");
    browser.wait_for("h1", "Renamed");

    browser.find(".danger button").click();
    browser.wait_for(".flash-notice", "The task was deleted.");
    assert!(!browser.text().contains("Renamed"));
}

#[test]
fn lists_have_pages_and_the_pages_fit_a_telephone() {
    let server = Server::example();
    let browser = Browser::open();
    sign_up(&browser, &server);
    browser.visit(&server.url("/tasks"));
    let first = browser.find("tbody tr .name a").text();
    browser.find(".pagination a[rel=next]").click();
    browser.wait_for(".pagination .current", "2");
    assert_ne!(browser.find("tbody tr .name a").text(), first);
    browser.screenshot("4-second-page");

    for (number, path) in [
        (5, "/"),
        (6, "/projects"),
        (7, "/projects/1"),
        (8, "/accounts/1"),
        (16, "/session/new"),
    ] {
        browser.visit(&server.url(path));
        browser.screenshot(&format!("{number}{}", path.replace('/', "-")));
    }

    browser.resize(500, 900);
    for path in ["/", "/tasks", "/tasks/new", "/projects/1", "/profile/edit"] {
        browser.visit(&server.url(path));
        browser.screenshot(&format!("9-narrow{}", path.replace('/', "-")));
        let overflow = browser.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assert!(
            overflow.as_i64().is_some_and(|pixels| pixels <= 0),
            "{path} is {overflow} pixels too wide"
        );
    }
    assert_quiet(&browser);
}
