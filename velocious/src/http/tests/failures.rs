//! What is told of errors, and to whom.

use super::*;

#[test]
fn errors_are_told_in_test_and_development() {
    run(async |app| {
        let page = app.get("/crash").await;
        page.assert_status(500)
            .assert_text("the action panicked: out of luck");
        app.get("/broken")
            .await
            .assert_status(500)
            .assert_text("invalid digit found in string");
        app.get("/teapot")
            .await
            .assert_status(418)
            .assert_text("I am a teapot.");
        let response = app.get("/broken").accept_json().await;
        response.assert_status(500).assert_json(&json!({
            "error": "We're sorry, but something went wrong.",
            "causes": ["invalid digit found in string"],
        }));
        let missing = app
            .get("/nowhere?password=hunter2&a=1")
            .header("cookie", "a=hunter3")
            .await;
        missing
            .assert_status(404)
            .assert_text("/projects/{project_id}/tasks/{id}");
        missing.assert_text("[FILTERED]").assert_no_text("hunter");
        let other = app.post("/actix_error").json(&json!("x")).await;
        other
            .assert_status(400)
            .assert_text("Json deserialize error");
    });
}

#[test]
fn production_says_nothing() {
    let root = folder();
    std::fs::create_dir_all(root.join("public")).expect("a folder");
    std::fs::write(root.join("public/404.html"), "our own page").expect("a file");
    run_in(Environment::PRODUCTION, &root, application(), async |app| {
        for path in ["/crash", "/broken"] {
            let page = app.get(path).await;
            page.assert_status(500).assert_text("something went wrong");
            page.assert_no_text("luck")
                .assert_no_text("digit")
                .assert_no_text("projects");
            let response = app.get(path).accept_json().await;
            response.assert_json(&json!({"error": "We're sorry, but something went wrong."}));
        }
        app.get("/teapot")
            .await
            .assert_status(418)
            .assert_text("I am a teapot.");
        app.get("/nowhere")
            .await
            .assert_status(404)
            .assert_text("our own page");
        app.get("/").await.assert_status(404);
    });
    std::fs::remove_dir_all(root).expect("a folder");
}

/// The page of an action that fails, in development, for an application whose folder is that of this crate.
fn failed_in(environment: Environment, path: &'static str) -> String {
    catch_panics();
    let root = env!("CARGO_MANIFEST_DIR");
    let variable = |name: &str| match name {
        "VELOCIOUS_ROOT" => Some(root.into()),
        "VELOCIOUS_COOKIE_SECRET" => {
            Some("5f0c2bb0a4a5d5b0b1d64a1f4bb7d7b3a4dbdbe0a1a9b9b5b2cf9b4bd3e6f8a7".into())
        }
        "VELOCIOUS_HOSTS" => Some("test.local".into()),
        _ => None,
    };
    let mut given = Given {
        environment: Some(environment),
        variable: &variable,
        overrides: Vec::new(),
    };
    for setting in [("log.file", "false"), ("log.console", "false")] {
        given
            .overrides
            .push((setting.0, "a test", setting.1.into()));
    }
    let logs = folder();
    let mut page = String::new();
    logged(&logs.join("requests.log"), LevelFilter::INFO, || {
        TestApp::run_given(application(), given, async |app| {
            let request = app.post(format!("{path}?token={CANARY}&page=2"));
            let fields = [("name", "Ada"), ("password", CANARY)];
            let request = request
                .form(&fields)
                .header("authorization", format!("Bearer {CANARY}"))
                .header("cookie", format!("session={CANARY}"))
                .header("x-api-key", CANARY)
                .header(
                    "referer",
                    format!("https://test.local/reset?token={CANARY}"),
                );
            page = request.await.assert_status(500).text();
        });
    });
    std::fs::remove_dir_all(logs).expect("a folder");
    page
}

#[test]
fn the_page_of_development_shows_where_it_broke_and_what_was_asked() {
    let page = failed_in(Environment::DEVELOPMENT, "/secretive");
    for expected in [
        "<h1>it broke</h1>",
        "POST <code>/secretive</code> → <code>ThingsController#secretive</code>",
        "<code>src/http/tests/mod.rs:",
        " |     Err(Error::message(&quot;it broke&quot;))</mark>",
        "&quot;name&quot;: &quot;Ada&quot;",
        "&quot;page&quot;: &quot;2&quot;",
        "&quot;password&quot;: &quot;[FILTERED]&quot;",
        "<h2>Session</h2><p><code>basket</code>",
        "<td>SELECT 1 WHERE 'x' = ?</td>",
        " ms</td>",
        "<td>authorization</td><td>[FILTERED]</td>",
        "<td>https://test.local/reset?…</td>",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    assert!(!page.contains(CANARY), "{page}");
}

#[test]
fn a_panic_is_shown_where_it_happened() {
    let root = env!("CARGO_MANIFEST_DIR");
    assert!(failed_page_of_a_panic(root).contains(" |     panic!(&quot;out of luck&quot;)</mark>"));
    let elsewhere = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
    assert!(!failed_page_of_a_panic(elsewhere).contains("<mark>"));
}

fn failed_page_of_a_panic(root: &'static str) -> String {
    catch_panics();
    let variable = |name: &str| match name {
        "VELOCIOUS_ROOT" => Some(root.into()),
        "VELOCIOUS_LOG_FILE" | "VELOCIOUS_LOG_CONSOLE" => Some("false".into()),
        "VELOCIOUS_HOSTS" => Some("test.local".into()),
        _ => None,
    };
    let given = Given {
        environment: Some(Environment::DEVELOPMENT),
        variable: &variable,
        overrides: Vec::new(),
    };
    let mut page = String::new();
    TestApp::run_given(application(), given, async |app| {
        page = app.get("/crash").await.assert_status(500).text();
    });
    page
}

#[test]
fn the_page_of_production_shows_nothing_of_all_that() {
    let page = failed_in(Environment::PRODUCTION, "/secretive");
    for hidden in [
        CANARY, "it broke", ".rs", "SELECT", "basket", "Things", "Ada",
    ] {
        assert!(!page.contains(hidden), "{hidden} is in\n{page}");
    }
}

struct CreateThings;

impl Migration for CreateThings {
    fn version(&self) -> u64 {
        20_260_101_120_000
    }

    fn name(&self) -> &'static str {
        "CreateThings"
    }

    fn up<'a>(&'a self, schema: &'a mut Schema) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { schema.create_table("things", |t| t.timestamps()).await })
    }

    fn down<'a>(&'a self, schema: &'a mut Schema) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { schema.drop_table("things").await })
    }
}

#[test]
fn pending_migrations_are_shown_in_development_until_they_are_applied() {
    let root = folder();
    let application = application().migrations(vec![Box::new(CreateThings)]);
    run_in(Environment::DEVELOPMENT, &root, application, async |app| {
        app.app().migrator().rollback(1).await.expect("rolled back");
        let page = app.get("/ping").await;
        page.assert_status(503)
            .assert_text("CreateThings")
            .assert_text("velocious db:migrate");
        let json = app.get("/ping").accept_json().await;
        json.assert_json(&json!({"error": "Migrations are pending: run `velocious db:migrate`."}));
        app.app().migrator().migrate().await.expect("migrated");
        app.get("/ping").await.assert_status(200);
    });
    std::fs::remove_dir_all(root).expect("a folder");
}

#[test]
fn the_welcome_page_shows_what_there_is() {
    let application =
        Application::new("shop", "1.0.0", "/nowhere").migrations(vec![Box::new(CreateThings)]);
    TestApp::run(application, async |app| {
        let page = app.get("/").await;
        page.assert_status(200)
            .assert_text("Welcome to shop")
            .assert_text("CreateThings");
        page.assert_text("velocious g:scaffold")
            .assert_text("velocious db:migrate")
            .assert_text("velocious routes");
    });
}
