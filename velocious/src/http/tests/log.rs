//! What the log says of requests.

use super::*;

#[test]
fn requests_are_logged_without_secrets() {
    let root = folder();
    let text = logged(&root.join("requests.log"), LevelFilter::INFO, || {
        run_in(Environment::TEST, &root, application(), async |app| {
            app.get("/ping?page=2&token=hunter2")
                .header("x-request-id", "one")
                .await;
            let body = json!({"name": "Ada", "password": "hunter2"});
            app.patch("/things/5")
                .json(&body)
                .header("x-request-id", "two")
                .await;
            app.get("/broken").header("x-request-id", "three").await;
            app.get("/nowhere").header("x-request-id", "four").await;
        });
    });
    for expected in [
        "[one] Started GET \"/ping\" for - at 20",
        "[one] Processing by ThingsController#ping\n[one]   Parameters: {\"page\":\"2\",\"token\":\"[FILTERED]\"}\n[one] Completed 200 in ",
        "[two]   Parameters: {\"id\":\"5\",\"name\":\"Ada\",\"password\":\"[FILTERED]\"}",
        "ERROR velocious::request: [three] invalid digit found in string",
        "[three] Completed 500 in ",
        "[four] Completed 404 in ",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in\n{text}");
    }
    assert!(!text.contains("hunter2"), "{text}");
    std::fs::remove_dir_all(root).expect("a folder");
}

#[test]
fn a_request_is_one_object_for_programs() {
    let root = folder();
    let path = root.join("requests.log");
    let settings = [("log.format", "json"), ("log.file", "false")];
    let text = logged_as(LogFormat::Json, &path, LevelFilter::INFO, || {
        TestApp::run_with(application(), &settings, async |app| {
            app.get("/ping?page=2&token=hunter2")
                .header("x-request-id", "one")
                .await;
            let body = json!({"name": "Ada", "password": "hunter2"});
            let request = app.patch("/things/5").json(&body);
            request.header("x-request-id", "two").await;
            app.get("/broken").header("x-request-id", "three").await;
            app.get("/nowhere?a=%0AERROR")
                .header("x-request-id", "four")
                .await;
        });
    });
    std::fs::remove_dir_all(root).expect("a folder");
    assert!(!text.contains("hunter2"), "{text}");
    let objects = text.lines().map(|line| {
        let mut object: serde_json::Value = serde_json::from_str(line).expect("JSON");
        for key in ["time", "duration_ms"] {
            if let Some(value) = object.get_mut(key) {
                assert!(
                    value.is_string() || value.as_f64().is_some_and(|time| time > 0.0),
                    "{text}"
                );
                *value = key.into();
            }
        }
        object
    });
    let objects: Vec<_> = objects.collect();
    let about = |id: &str| -> Vec<_> {
        let about = objects.iter().filter(|object| object["request_id"] == id);
        about.cloned().collect()
    };
    assert_eq!(
        about("one"),
        [json!({
            "time": "time", "level": "INFO", "target": "velocious::request", "message": "GET /ping 200",
            "request_id": "one", "method": "GET", "path": "/ping", "status": 200, "duration_ms": "duration_ms",
            "controller": "ThingsController", "action": "ping", "params": {"page": "2", "token": "[FILTERED]"},
        })]
    );
    assert_eq!(
        about("two")[0]["params"],
        json!({"id": "5", "name": "Ada", "password": "[FILTERED]"})
    );
    let three = about("three");
    assert_eq!(
        three[0],
        json!({
            "time": "time", "level": "ERROR", "target": "velocious::request", "request_id": "three", "status": 500,
            "message": "invalid digit found in string",
        })
    );
    assert_eq!(three[1]["status"], 500);
    let four = about("four");
    assert_eq!((four.len(), &four[0]["status"]), (1, &json!(404)));
    assert_eq!(four[0]["params"], json!({"a": "\nERROR"}));
    assert!(four[0].get("controller").is_none(), "{text}");
}
