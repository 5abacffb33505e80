//! What a person sees, in a real browser. Pictures are saved under `target/screenshots`.

use velocious_tests::{Browser, Server};

#[test]
fn a_form_shows_its_error_is_corrected_and_the_task_is_in_the_list() {
    let server = Server::example();
    let browser = Browser::open();
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
    browser.visit(&server.url("/tasks"));
    let name = browser.find("tbody tr .name a").text();

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
    ] {
        browser.visit(&server.url(path));
        browser.screenshot(&format!("{number}{}", path.replace('/', "-")));
    }

    browser.resize(500, 900);
    for path in ["/", "/tasks", "/tasks/new", "/projects/1"] {
        browser.visit(&server.url(path));
        browser.screenshot(&format!("9-narrow{}", path.replace('/', "-")));
        let overflow = browser.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assert!(
            overflow.as_i64().is_some_and(|pixels| pixels <= 0),
            "{path} is {overflow} pixels too wide"
        );
    }
}
