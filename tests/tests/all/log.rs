//! What the log tells, and what it must never tell.

use velocious_tests::{Server, ServerOptions, eventually, exchange};

#[test]
fn each_request_is_told_by_its_path_its_status_and_an_id() {
    let server = Server::example();
    for (path, status) in [
        ("/tasks/1", "200"),
        ("/tasks/424242", "404"),
        ("/nowhere", "404"),
    ] {
        let answer = server.client.get(path);
        let id = answer
            .header("x-request-id")
            .expect("the answer carries the request's id");
        eventually("the request is in the log", || {
            let log = server.output_and_log();
            let has = |word: &str, other: &str| {
                log.lines()
                    .any(|line| line.contains(id) && line.contains(word) && line.contains(other))
            };
            (has("GET", path) && has("Completed", status)).then_some(())
        });
    }
}

#[test]
fn the_console_is_silent_unless_everything_is_asked_for() {
    for debug in ["false", "true"] {
        let server = ServerOptions::default()
            .variable("VELOCIOUS_LOG_CONSOLE", "false")
            .variable("VELOCIOUS_LOG_LEVEL", "error")
            .variable("VELOCIOUS_LOG_DEBUG", debug)
            .start();
        let _ = server.client.get("/tasks/1");
        if debug == "true" {
            eventually("the request is told", || {
                let output = server.output();
                let is_told = output.contains("Completed 200") && output.contains("SELECT");
                is_told.then_some(())
            });
        } else {
            let output = server.output();
            assert!(!output.contains("Completed"), "{output}");
        }
    }
}

#[test]
fn a_line_break_in_a_path_cannot_forge_a_line() {
    let server = Server::example();
    let forged = b"GET /nowhere%0aERROR%20forged%0d%1b[31m HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let _ = exchange(server.address, forged);
    let log = eventually("the request is in the log", || {
        let log = server.output_and_log();
        log.contains("/nowhere").then_some(log)
    });
    assert!(
        !log.lines()
            .any(|line| line.trim_start().starts_with("ERROR forged")),
        "{log}"
    );
    assert!(
        !log.contains('\u{1b}'),
        "no escape sequence reaches a terminal: {log}"
    );
}

#[test]
fn passwords_tokens_and_secrets_never_reach_the_log() {
    let server = ServerOptions::default()
        .variable("VELOCIOUS_LOG_LEVEL", "debug")
        .start();
    server.client.sign_up();
    let canary = "c4n4ry";
    let names = [
        "password",
        "password_confirmation",
        "token",
        "api_token",
        "secret",
        "authorization",
        "cookie",
    ];
    for name in names {
        let _ = server.client.get(&format!("/tasks?{name}={canary}"));
        let _ = server
            .client
            .get(&format!("/nowhere?user[{name}]={canary}"));
        let _ = server
            .client
            .post_form("/tasks", &format!("task[{name}]={canary}&{name}={canary}"));
        let _ = server.client.post_json(
            "/tasks",
            &format!("{{\"task\": {{\"{name}\": \"{canary}\"}}}}"),
        );
    }
    let headers = [
        ("Authorization", "Bearer c4n4ry"),
        ("Cookie", "session=c4n4ry"),
        ("Accept", "text/html"),
    ];
    let _ = server.client.send("GET", "/tasks/1", &headers, "");
    eventually("the last request is in the log", || {
        server.output_and_log().contains("/tasks/1").then_some(())
    });
    let log = server.output_and_log();
    assert!(!log.contains(canary), "{log}");
    assert!(!log.contains("6b2f0b1a94d1c6a1"), "the cookie secret");
}
