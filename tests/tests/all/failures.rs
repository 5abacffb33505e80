//! What goes wrong inside: the client learns that it did, a developer learns what, an attacker nothing.

use velocious_tests::{Server, ServerOptions, eventually};

/// What the failing actions of the example say; nobody outside of development may see it.
const DETAIL: &str = "the secret recipe is 42";

fn server(options: ServerOptions) -> Server {
    options.variable("EXAMPLE_TESTING", "1").start()
}

#[test]
fn a_panic_is_answered_and_the_process_lives_on() {
    let mut server = server(ServerOptions::default());
    for _ in 0..20 {
        assert_eq!(server.client.get("/testing/panic").status, 500);
    }
    assert!(server.process.ended().is_none());
    assert_eq!(server.client.get("/tasks").status, 200);
    server.client.sign_up();
    let written = server.client.post_json(
        "/tasks",
        r#"{"task": {"name": "Afterwards", "project_id": 1}}"#,
    );
    assert_eq!(written.status, 201, "{}", written.body);
    assert!(
        server.output_and_log().contains(DETAIL),
        "the developer can read why"
    );
}

#[test]
fn development_shows_what_went_wrong() {
    let server = server(ServerOptions::default());
    for path in ["/testing/error", "/testing/panic"] {
        let page = server.client.get(path);
        assert_eq!(page.status, 500);
        assert!(page.body.contains(DETAIL), "{path}: {}", page.body);
        let json = server.client.get_json(path);
        assert_eq!(json.status, 500);
        assert!(json.json().is_object(), "{}", json.body);
    }
    let unknown = server.client.get("/nowhere");
    assert_eq!(unknown.status, 404);
    assert!(
        unknown.body.contains("/nowhere"),
        "it says what was asked for: {}",
        unknown.body
    );
    assert!(
        unknown.body.contains("/tasks"),
        "it shows the routes there are: {}",
        unknown.body
    );
}

#[test]
fn production_says_that_it_failed_and_no_more() {
    let server = server(ServerOptions::production());
    for path in ["/testing/error", "/testing/panic"] {
        for answer in [server.client.get(path), server.client.get_json(path)] {
            assert_eq!(answer.status, 500);
            for word in [
                "recipe",
                "42",
                "panic",
                "src/",
                ".rs",
                "velocious",
                "SELECT",
            ] {
                assert!(
                    !answer.body.contains(word),
                    "{path} tells `{word}`: {}",
                    answer.body
                );
            }
            assert!(!answer.body.is_empty());
        }
    }
    let unknown = server.client.get("/nowhere");
    assert_eq!(unknown.status, 404);
    assert!(
        !unknown.body.contains("/tasks"),
        "the routes are nobody's business: {}",
        unknown.body
    );
    assert_eq!(server.client.get_json("/nowhere").status, 404);
    eventually("the operator can read why", || {
        server.output_and_log().contains(DETAIL).then_some(())
    });
}

#[test]
fn production_does_not_start_without_a_secret() {
    for secret in ["", "short", &"0123456789abcdef".repeat(4)] {
        let folder = velocious_tests::TemporaryFolder::new("no-secret");
        let output = std::process::Command::new(velocious_tests::program("example", "example"))
            .args(["server", "--port", "0"])
            .env("VELOCIOUS_ENV", "production")
            .env(
                "DATABASE_URL",
                format!("sqlite:{}", folder.path().join("a.sqlite3").display()),
            )
            .env("VELOCIOUS_COOKIE_SECRET", secret)
            .env("VELOCIOUS_HOSTS", "shop.example")
            .output()
            .expect("the program starts");
        assert!(!output.status.success());
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(message.contains("VELOCIOUS_COOKIE_SECRET"), "{message}");
        assert!(message.contains("velocious secret"), "{message}");
    }
}

#[test]
fn every_mistake_in_the_settings_is_reported_at_once() {
    let output = std::process::Command::new(velocious_tests::program("example", "example"))
        .arg("server")
        .env("VELOCIOUS_ENV", "development")
        .env("VELOCIOUS_SERVER_PORT", "seventy")
        .env("VELOCIOUS_LOG_LEVEL", "chatty")
        .env("DATABASE_URL", "oracle:somewhere")
        .output()
        .expect("the program starts");
    assert!(!output.status.success());
    let message = String::from_utf8_lossy(&output.stderr);
    for word in ["seventy", "chatty", "oracle"] {
        assert!(message.contains(word), "`{word}` is missing in: {message}");
    }
}
