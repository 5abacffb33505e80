//! The same resources for programs.

use serde_json::json;
use velocious_tests::Server;

const JSON: [(&str, &str); 2] = [
    ("Accept", "application/json"),
    ("Content-Type", "application/json"),
];

#[test]
fn a_task_is_made_read_changed_and_deleted() {
    let server = Server::signed_in();
    let made = server.client.post_json(
        "/tasks",
        r#"{"task": {"name": "Ring the bell", "project_id": 1}}"#,
    );
    assert_eq!(made.status, 201, "{}", made.body);
    let id = made.json()["id"].as_i64().expect("a key");
    let path = format!("/tasks/{id}");

    let read = server.client.get_json(&path).json();
    assert_eq!(
        (&read["name"], &read["is_done"], &read["due_on"]),
        (&json!("Ring the bell"), &json!(false), &json!(null))
    );
    assert_eq!(
        read["project"]["account"]["id"], read["project"]["account_id"],
        "relationships are nested"
    );
    assert!(
        read.get("record").is_none(),
        "a record's state is its own business"
    );

    let change = r#"{"task": {"is_done": true, "due_on": "2030-02-03"}}"#;
    let changed = server.client.send("PATCH", &path, &JSON, change);
    assert_eq!(changed.status, 200, "{}", changed.body);
    let read = server.client.get_json(&path).json();
    assert_eq!(
        (&read["name"], &read["is_done"], &read["due_on"]),
        (&json!("Ring the bell"), &json!(true), &json!("2030-02-03"))
    );

    let cleared = server
        .client
        .send("PATCH", &path, &JSON, r#"{"task": {"due_on": null}}"#);
    assert_eq!(
        (cleared.status, &cleared.json()["due_on"]),
        (200, &json!(null))
    );

    assert_eq!(server.client.send("DELETE", &path, &JSON, "").status, 204);
    assert_eq!(server.client.get_json(&path).status, 404);
}

#[test]
fn a_record_that_is_not_valid_is_answered_with_its_errors() {
    let server = Server::signed_in();
    let answer = server
        .client
        .post_json("/tasks", r#"{"task": {"name": "  ", "project_id": 1}}"#);
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.json()["errors"]["name"],
        json!(["can't be blank"]),
        "{}",
        answer.body
    );

    let long = "x".repeat(201);
    let answer = server.client.post_json(
        "/tasks",
        &json!({"task": {"name": long, "project_id": 1}}).to_string(),
    );
    assert_eq!(answer.status, 422);

    let taken = server.client.get_json("/accounts/1").json()["name"].clone();
    let answer = server.client.post_json(
        "/accounts",
        &json!({"account": {"name": taken}}).to_string(),
    );
    assert_eq!(answer.status, 422);
    assert!(
        answer.json()["errors"]["name"][0]
            .as_str()
            .is_some_and(|text| text.contains("taken")),
        "{}",
        answer.body
    );
}

#[test]
fn what_the_type_does_not_name_cannot_be_assigned() {
    let server = Server::signed_in();
    let body = r#"{"task": {"name": "Sneaky", "project_id": 1, "id": 77777, "created_at": "2001-01-01T00:00:00Z"}}"#;
    let made = server.client.post_json("/tasks", body);
    assert_eq!(made.status, 201);
    let made = made.json();
    assert_ne!(made["id"], 77777);
    assert!(
        !made["created_at"]
            .as_str()
            .unwrap_or_default()
            .starts_with("2001")
    );
}

#[test]
fn lists_come_in_pages() {
    let server = Server::signed_in();
    let keys = |path: &str| -> Vec<i64> {
        let list = server.client.get_json(path).json();
        list.as_array()
            .expect("a list")
            .iter()
            .filter_map(|task| task["id"].as_i64())
            .collect()
    };
    let (first, second) = (keys("/tasks"), keys("/tasks?page=2"));
    assert_eq!((first.len(), second.len()), (10, 10));
    assert!(first.iter().all(|key| !second.contains(key)));
    assert!(keys("/tasks?page=1000").is_empty());
    let project = &server.client.get_json("/tasks").json()[0]["project"];
    assert!(project["name"].is_string(), "the project is preloaded");
}
