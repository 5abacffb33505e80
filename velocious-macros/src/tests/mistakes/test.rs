//! The mistakes of `#[velocious::test]` and `#[velocious::tests]`, one test for each rule.

use crate::tests::assert_mistakes;

#[track_caller]
fn assert_test_mistake(attribute: &str, function: &str, at: &str, message: &str) {
    assert_mistakes(&format!("#[test{attribute}] {function}"), &[(at, message)]);
}

#[track_caller]
fn assert_option_mistake(option: &str, at: &str, message: &str) {
    let function = "async fn adds(app: TestApp) {}";
    assert_test_mistake(&format!("({option})"), function, at, message);
}

#[test]
fn a_test_that_is_not_async() {
    assert_test_mistake(
        "",
        "fn adds(app: TestApp) {}",
        "adds",
        "`adds` is not async; write `async fn adds(app: TestApp)`, or make it a plain `#[test]`",
    );
}

#[test]
fn a_test_with_other_arguments() {
    assert_test_mistake(
        "",
        "async fn adds(app: TestApp, db: Db) {}",
        "db: Db",
        "a test is called with the application alone; write `async fn adds(app: TestApp)`",
    );
    assert_test_mistake(
        "",
        "async fn adds(&self) {}",
        "&self",
        "a test is no method; write `async fn adds(app: TestApp)`",
    );
    assert_test_mistake(
        "",
        "async fn adds<T>(app: T) {}",
        "<T>",
        "a test cannot be generic",
    );
}

#[test]
fn a_second_attribute() {
    assert_test_mistake(
        "",
        "#[test] async fn adds(app: TestApp) {}",
        "#[test]",
        "`#[velocious::test]` makes it a test already; remove `#[test]`",
    );
}

#[test]
fn functions_around_a_test_without_application() {
    let message = "functions around a test are called with the application; write `async fn adds(app: TestApp)`";
    assert_test_mistake(
        "(before(sign_in))",
        "async fn adds() {}",
        "sign_in",
        message,
    );
    assert_test_mistake("(after(sweep))", "async fn adds() {}", "sweep", message);
    assert_test_mistake(
        "(application = shop::application)",
        "async fn adds() {}",
        "shop::application",
        "this test takes no application; write `async fn adds(app: TestApp)`",
    );
}

#[test]
fn tags() {
    assert_option_mistake(
        "tags(db)",
        "tags",
        "`tags` takes words in quotes: `tags(\"db\", \"slow\")`",
    );
    assert_option_mistake(
        "tags()",
        "tags",
        "`tags` takes words in quotes: `tags(\"db\", \"slow\")`",
    );
    assert_option_mistake(
        "tags(\"a b\")",
        "\"a b\"",
        "a tag is one word, without commas and spaces",
    );
    assert_option_mistake(
        "tags(\"a,b\")",
        "\"a,b\"",
        "a tag is one word, without commas and spaces",
    );
    assert_option_mistake(
        "tags(\"\")",
        "\"\"",
        "a tag is one word, without commas and spaces",
    );
    assert_option_mistake(
        "tags(\"db\", \"db\")",
        "\"db\"",
        "the tag `db` is there already; keep one",
    );
    assert_option_mistake("tag(\"db\")", "tag", "write `tags(\"db\")`");
}

#[test]
fn times() {
    let message = "`timeout` takes a time in minutes, seconds or milliseconds, as in \"500ms\": `timeout = \"5s\"`";
    for time in [
        "5",
        "\"5\"",
        "\"5h\"",
        "\"s\"",
        "\"\"",
        "\"-1s\"",
        "\"99999999999999999999s\"",
    ] {
        assert_option_mistake(
            &format!("timeout = {time}"),
            time.trim_start_matches('-'),
            message,
        );
    }
    assert_option_mistake(
        "timeout_seconds = 5",
        "timeout_seconds",
        "write `timeout = \"5s\"`",
    );
    assert_option_mistake("retries = 2", "retries", "write `retry = 2`");
    assert_option_mistake(
        "retry = \"2\"",
        "\"2\"",
        "`retry` takes a whole number: `retry = 200`",
    );
}

#[test]
fn names() {
    assert_option_mistake(
        "before = sign_in",
        "sign_in",
        "`before` takes names of functions: `before(sign_in, …)`",
    );
    assert_option_mistake(
        "on_retry(restart)",
        "on_retry",
        "`on_retry` takes the name of a function: `on_retry = …`",
    );
    assert_option_mistake(
        "befor(sign_in)",
        "befor",
        "`#[velocious::test]` has no option `befor`; did you mean `before`?",
    );
    assert_option_mistake(
        "ignore",
        "ignore",
        "`ignore` is an attribute of its own: `#[ignore]` below this one",
    );
}

#[test]
fn a_module_that_cannot_be_reached() {
    assert_mistakes(
        "#[tests(tags(\"db\"))] mod tasks;",
        &[(
            "tasks",
            "the tests of `tasks` stand in another file, where this cannot reach them; write `mod tasks { … }`",
        )],
    );
    assert_mistakes(
        "#[tests(tags(\"db\"))] mod tasks { #[test] fn adds() {} }",
        &[(
            "tasks",
            "`tasks` has no `#[velocious::test]`, so this says nothing",
        )],
    );
    assert_mistakes(
        "#[tests(tags(\"db\"))] fn adds() {}",
        &[(
            "fn",
            "`#[velocious::tests]` goes on a module of tests: `mod tasks { … }`",
        )],
    );
}
