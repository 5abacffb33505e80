//! What no honest client sends is refused with the right status, and the server goes on.

use velocious_tests::{Server, exchange};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// What a browser adds to a request of somebody who is signed in.
fn headers_of_a_user(server: &Server) -> String {
    let cookies = server.client.cookies();
    format!("Cookie: {cookies}\r\nSec-Fetch-Site: same-origin\r\n")
}

/// Sends a POST of JSON as it is; returns status and body.
fn post(server: &Server, body: &str) -> (u16, String) {
    let answer = server.client.post_json("/tasks", body);
    (answer.status, answer.body)
}

#[test]
fn malformed_json_is_a_bad_request() {
    let server = Server::signed_in();
    for body in [
        "{",
        "{\"task\": }",
        "not json",
        "{\"task\": {\"name\": \"a\"}} trailing",
        "[1, 2",
        "\u{0}",
    ] {
        let (status, text) = post(&server, body);
        assert_eq!(status, 400, "{body}: {text}");
    }
}

#[test]
fn wrong_types_name_their_fields() {
    let server = Server::signed_in();
    let (status, text) = post(&server, r#"{"task": {"name": "A", "project_id": "one"}}"#);
    assert_eq!(status, 422, "{text}");
    assert!(text.contains("project_id"), "{text}");
    let (status, text) = post(&server, r#"{"task": {"name": 5, "project_id": 1}}"#);
    assert_eq!(status, 422, "{text}");
    assert!(text.contains("name"), "{text}");
    let (status, text) = post(
        &server,
        r#"{"task": {"name": "A", "project_id": 1, "due_on": "2026-02-30"}}"#,
    );
    assert_eq!(status, 422, "{text}");
    assert!(text.contains("due_on"), "{text}");
    let (status, text) = post(&server, r#"{"chore": {}}"#);
    assert_eq!(status, 422, "{text}");
    assert!(text.contains("task"), "{text}");

    let form = server
        .client
        .post_form("/tasks", "task[name]=A&task[project_id]=one");
    assert_eq!(form.status, 422, "{}", form.body);
    assert!(form.body.contains("project"), "{}", form.body);
}

#[test]
fn an_unknown_key_is_not_found() {
    let server = Server::example();
    for path in [
        "/tasks/999999",
        "/projects/0",
        "/tasks/-1",
        "/accounts/9223372036854775807",
    ] {
        assert_eq!(server.client.get(path).status, 404, "{path}");
        let json = server.client.get_json(path);
        assert_eq!(json.status, 404, "{path}");
        assert!(
            json.json().is_object(),
            "{path}: an error for a program is JSON"
        );
    }
    for path in [
        "/tasks/seven",
        "/tasks/9223372036854775808",
        "/tasks/1.5",
        "/tasks/%00",
    ] {
        let status = server.client.get(path).status;
        assert!(matches!(status, 400 | 404), "{path}: {status}");
    }
}

#[test]
fn a_record_of_an_unknown_parent_is_invalid_not_an_accident() {
    let server = Server::signed_in();
    let (status, text) = post(&server, r#"{"task": {"name": "Lost", "project_id": 4242}}"#);
    assert_eq!(status, 422, "{text}");
    assert!(text.contains("project"), "{text}");
}

#[test]
fn a_body_of_three_megabytes_is_too_large() {
    let server = Server::signed_in();
    let body = format!(
        "{{\"task\": {{\"name\": \"{}\"}}}}",
        "x".repeat(3 * 1024 * 1024)
    );
    let user = headers_of_a_user(&server);
    let declared = format!(
        "POST /tasks HTTP/1.1\r\nHost: localhost\r\n{user}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let answer = exchange(server.address, (declared + &body).as_bytes()).expect("an answer");
    assert_eq!(answer.status, 413, "{}", answer.text);

    let chunked = format!(
        "POST /tasks HTTP/1.1\r\nHost: localhost\r\n{user}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
         {:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    let answer = exchange(server.address, chunked.as_bytes()).expect("an answer");
    assert_eq!(
        answer.status, 413,
        "a body that does not say its length: {}",
        answer.text
    );
    assert_eq!(server.client.get("/tasks").status, 200);
}

#[test]
fn invalid_utf8_is_a_bad_request() {
    let server = Server::signed_in();
    for target in ["/tasks?page=%ff", "/tasks?name=%c3%28", "/tasks?%80=1"] {
        let status = server.client.get(target).status;
        assert_eq!(status, 400, "{target}");
    }
    let raw = b"GET /tasks?name=\xff\xfe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answer = exchange(server.address, raw).expect("an answer");
    assert_eq!(answer.status, 400, "{}", answer.text);
    let user = headers_of_a_user(&server);
    let head = format!(
        "POST /tasks HTTP/1.1\r\nHost: localhost\r\n{user}Content-Type: application/json\r\nContent-Length: 27\r\n\
         Connection: close\r\n\r\n"
    );
    let json = [head.as_bytes(), b"{\"task\": {\"name\": \"\xff\xfe abc\"}}"].concat();
    let answer = exchange(server.address, &json).expect("an answer");
    assert_eq!(answer.status, 400, "{}", answer.text);
}

#[test]
fn a_page_number_that_is_none_is_refused_or_the_first() {
    let server = Server::example();
    for page in ["0", "-3", "seven", "99999999999999999999", "1e3", ""] {
        let answer = server.client.get_json(&format!("/tasks?page={page}"));
        assert!(
            matches!(answer.status, 200 | 400 | 422),
            "{page}: {} {}",
            answer.status,
            answer.body
        );
    }
    let last = server.client.get_json("/tasks?page=18446744073709551615");
    assert!(last.status < 500, "{}", last.body);
}

#[test]
fn other_content_types_and_empty_bodies_are_refused() {
    let server = Server::signed_in();
    for (kind, body) in [
        ("text/plain", "name=A"),
        ("application/xml", "<task/>"),
        ("", "x"),
    ] {
        let answer = server
            .client
            .send("POST", "/tasks", &[("Content-Type", kind)], body);
        assert!(
            matches!(answer.status, 400 | 415 | 422),
            "{kind}: {}",
            answer.status
        );
    }
    let answer = server.client.send("POST", "/tasks", &[FORM], "");
    assert!(matches!(answer.status, 400 | 422), "{}", answer.status);
}

#[test]
fn requests_that_are_none_are_refused_and_the_server_goes_on() {
    let server = Server::example();
    let long = format!(
        "GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "a".repeat(300_000)
    );
    let many = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n",
        "X-A: b\r\n".repeat(20_000)
    );
    let requests: [&[u8]; 7] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: nine\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        long.as_bytes(),
        many.as_bytes(),
    ];
    for request in requests {
        // A connection that is closed without a word is an answer, too.
        if let Some(answer) = exchange(server.address, request) {
            let start = String::from_utf8_lossy(&request[..request.len().min(40)]).into_owned();
            assert!(
                (400..500).contains(&answer.status),
                "{start}: {}",
                answer.text
            );
        }
        assert_eq!(server.client.get("/tasks/1").status, 200);
    }
}
