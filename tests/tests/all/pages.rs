//! Pages as an HTTP client sees them.

use velocious_tests::{Server, ServerOptions};

#[test]
fn the_first_start_makes_migrates_and_seeds_the_database() {
    let server = Server::example();
    let page = server.client.get("/accounts");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Harbour Café"), "{}", page.body);

    let server = ServerOptions::default().start_in(server.kill());
    let accounts = server.client.get_json("/accounts").json();
    assert_eq!(
        accounts.as_array().map(Vec::len),
        Some(3),
        "a second start seeds nothing"
    );
}

#[test]
fn one_path_answers_as_the_client_accepts() {
    let server = Server::example();
    let page = server.client.get("/tasks/1");
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(page.body.starts_with("<!DOCTYPE html>"));
    let json = server.client.get_json("/tasks/1");
    assert!(
        json.header("content-type")
            .is_some_and(|kind| kind.starts_with("application/json"))
    );
    assert_eq!(json.json()["id"], 1);
    let any = server
        .client
        .send("GET", "/tasks/1", &[("Accept", "*/*")], "");
    assert!(any.status == 200 && any.header("content-type").is_some());
}

#[test]
fn files_below_public_are_served_and_nothing_above_it() {
    let server = Server::example();
    let style = server.client.get("/application.css");
    assert_eq!(style.status, 200);
    assert!(
        style
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/css"))
    );
    let page = server.client.get("/").body;
    let (_, address) = page
        .split_once("href=\"/application.css?v=")
        .expect("a stylesheet with its digest");
    let digest = address.split('"').next().unwrap_or_default();
    let kept = server.client.get(&format!("/application.css?v={digest}"));
    let keeping = kept.header("cache-control").unwrap_or_default();
    assert!(keeping.contains("immutable"), "{keeping}");
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "/%2e%2e%2fconfig/production.toml",
    ] {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let answer =
            velocious_tests::exchange(server.address, request.as_bytes()).expect("an answer");
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {}",
            answer.text
        );
    }
}

#[test]
fn head_is_get_without_a_body() {
    let server = Server::example();
    let request = b"HEAD /tasks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answer = velocious_tests::exchange(server.address, request).expect("an answer");
    assert_eq!(answer.status, 200);
    assert!(
        answer.text.ends_with("\r\n\r\n"),
        "no body: {}",
        answer.text
    );
    assert!(
        !answer.text.to_lowercase().contains("content-length: 0"),
        "the length is that of GET: {}",
        answer.text
    );
}

#[test]
fn a_known_path_with_another_method_says_which_are_allowed() {
    let server = Server::example();
    let answer = server.client.send("PUT", "/accounts", &[], "");
    assert_eq!(answer.status, 405);
    let allowed = answer.header("allow").unwrap_or_default();
    assert!(
        allowed.contains("GET") && allowed.contains("POST") && !allowed.contains("PUT"),
        "{allowed}"
    );
}

#[test]
fn nested_member_and_collection_routes_work() {
    let server = Server::signed_in();
    let tasks = server.client.get_json("/projects/2/tasks").json();
    let tasks = tasks.as_array().expect("a list");
    assert!(!tasks.is_empty() && tasks.iter().all(|task| task["project_id"] == 2));
    assert_eq!(server.client.get("/projects/2/tasks").status, 200);
    assert_eq!(server.client.get("/projects/999/tasks").status, 404);

    let overdue = server.client.get_json("/tasks/overdue").json();
    let overdue = overdue.as_array().expect("a list");
    assert!(!overdue.is_empty() && overdue.iter().all(|task| task["is_done"] == false));

    let id = overdue[0]["id"].as_i64().expect("a key");
    let json = [("Accept", "application/json")];
    let toggled = server
        .client
        .send("PATCH", &format!("/tasks/{id}/toggle"), &json, "");
    assert_eq!(
        (toggled.status, &toggled.json()["is_done"]),
        (200, &true.into())
    );
}
