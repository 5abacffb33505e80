//! How requests reach their action, and with what.

use super::*;

#[test]
fn requests_reach_their_action() {
    run(async |app| {
        assert_eq!(app.get("/ping").await.assert_status(200).text(), "pong");
        app.get("/ping/?a=b").await.assert_status(200);
        app.get("/provided")
            .await
            .assert_text("a value for everybody");
        let head = app.head("/ping").await;
        assert_eq!((head.status(), head.text().as_str()), (200, ""));
        app.get("/nowhere").await.assert_status(404);
    });
}

#[test]
fn parameters_are_decoded_after_the_path_was_split() {
    run(async |app| {
        let path = "projects/7/tasks/a%2Fb%20c%C3%BC";
        assert_eq!(app.get(format!("/{path}")).await.text(), "7 a/b cü");
        let path = path.replace("projects", "/actix");
        assert_eq!(app.get(path).await.text(), "7 a/b cü");
        let response = app.get("/projects/x/tasks/1").accept_json().await;
        response.assert_status(404).assert_json(&json!({
            "error": "There is no such page: `x` as `project_id` is not a whole number."
        }));
    });
}

#[test]
fn other_methods_are_refused_with_the_list_of_those_that_work() {
    run(async |app| {
        let refused = app.delete("/ping").await;
        refused.assert_status(405);
        assert_eq!(refused.header("allow"), Some("GET, HEAD, OPTIONS"));
        let asked = app.request(Method::OPTIONS, "/things/1").await;
        asked.assert_status(204);
        assert_eq!(asked.header("allow"), Some("PATCH, PUT, OPTIONS"));
        app.request(Method::OPTIONS, "/nowhere")
            .await
            .assert_status(404);
    });
}

#[test]
fn forms_can_use_every_method() {
    run(async |app| {
        let form = app
            .post("/things/5")
            .form(&[("_method", "patch"), ("name", "ü")])
            .await;
        form.assert_json(&json!({"method": "PATCH", "id": 5, "name": "ü"}));
        let form = app
            .post("/things/5")
            .form(&[("_method", "put"), ("name", "x")])
            .await;
        form.assert_json(&json!({"method": "PUT", "id": 5, "name": "x"}));
        app.post("/things/5")
            .form(&[("name", "x")])
            .await
            .assert_status(405);
        app.post("/things/5")
            .form(&[("_method", "delete")])
            .await
            .assert_status(405);
        let json = app
            .post("/things/5")
            .json(&json!({"_method": "patch", "name": "x"}))
            .await;
        json.assert_status(405);
    });
}

#[test]
fn wrong_parameters_are_named() {
    run(async |app| {
        let response = app.patch("/things/5").json(&json!({"name": 7})).await;
        response.assert_status(422).assert_json(&json!({
            "error": "Name has to be text, not 7",
            "errors": {"name": ["has to be text, not 7"]},
        }));
        app.patch("/things/5")
            .body("application/json", "{")
            .await
            .assert_status(400);
        app.patch("/things/5")
            .body("text/plain", "x")
            .await
            .assert_status(415);
        let long = vec![b'x'; 3 * 1024 * 1024];
        app.patch("/things/5")
            .body("application/json", long.clone())
            .await
            .assert_status(413);
        app.post("/echo")
            .body("text/plain", long)
            .await
            .assert_status(413);
        app.get("/ping?a=%FF").await.assert_status(400);
    });
}
