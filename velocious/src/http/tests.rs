//! Requests in process: what every application answers, whatever its actions do.

use std::path::{Path as FilePath, PathBuf};

use actix_web::http::Method;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;
use tracing::level_filters::LevelFilter;

use crate::application::Given;
use crate::config::{Environment, LogFormat};
use crate::controller::{Action, ActionNames, Filters, Flow, Step, StepKind, action, before};
use crate::http::{Cookie, catch_panics};
use crate::logging::{logged, logged_as};
use crate::migration::{Migration, Schema};
use crate::model::Errors;
use crate::routing::{Route, RoutePath, RouteTable};
use crate::testing::TestApp;
use crate::value::{Value, ValueKind};
use crate::{Application, BoxFuture, Context, Error, Params, Path, Response, Result};

/// Makes a function that makes an action of another function.
macro_rules! route {
    ($method:ident $path:literal $handler:ident) => {
        route!($method $path $handler [])
    };
    ($method:ident $path:literal $handler:ident [$($before:expr),*]) => {
        Route::new(Method::$method, $path, stringify!($handler), || -> Action {
            const FILTERS: &Filters = &Filters {
                steps: &[$(Step {
                    name: stringify!($before),
                    kind: StepKind::Before($before),
                    actions: ActionNames::All,
                }),*],
                ..*Filters::NONE
            };
            action("ThingsController", stringify!($handler), FILTERS, $handler)
        })
    };
}

async fn ping(_: Context) -> Result<Response> {
    Ok(Response::Ok().body("pong"))
}

async fn show(Path((project, name)): Path<(i64, String)>) -> Result<Response> {
    Ok(Response::Ok().body(format!("{project} {name}")))
}

async fn actix_show(path: actix_web::web::Path<(i64, String)>) -> String {
    format!("{} {}", path.0, path.1)
}

async fn update(
    ctx: Context,
    Path(id): Path<i64>,
    Params(fields): Params<Fields>,
) -> Result<Response> {
    let method = ctx.request().method().to_string();
    ctx.render_json(&json!({"method": method, "id": id, "name": fields.name}))
}

#[derive(Deserialize)]
struct Fields {
    name: String,
}

async fn crash() -> Result<Response> {
    panic!("out of luck")
}

async fn broken() -> Result<Response> {
    Err("x".parse::<i64>().expect_err("no number").into())
}

async fn teapot() -> Result<Response> {
    Err(Error::http(418, "I am a teapot."))
}

async fn actix_error(_: actix_web::web::Json<i64>) -> Result<Response> {
    Ok(Response::Ok().finish())
}

async fn page(ctx: Context) -> Result<Response> {
    ctx.set_title("Things");
    ctx.render(html! { p { "content" } })
}

async fn leave(ctx: Context) -> Result<Response> {
    ctx.flash().notice("It's done.");
    ctx.flash().alert("But <carefully>.");
    ctx.redirect(RoutePath::raw("/messages"))
}

async fn messages(ctx: Context) -> Result<Response> {
    ctx.render(crate::view::flash_messages(&ctx))
}

async fn away(ctx: Context) -> Result<Response> {
    ctx.redirect(crate::routing::route_path("/{*rest}", &[&"/evil.example"]))
}

async fn invalid(ctx: Context) -> Result<Response> {
    let mut errors = Errors::default();
    errors.add("name", "presence", "can't be blank");
    ctx.invalid(&errors, || html! { "the form" })
}

async fn set_cookies(ctx: Context) -> Result<Response> {
    ctx.set_cookie(Cookie::new("plain", "a;b"));
    ctx.set_cookie(Cookie::new("sealed", "secret").encrypted());
    ctx.render_json("set")
}

async fn read_cookies(ctx: Context) -> Result<Response> {
    let plain_as_sealed = ctx.encrypted_cookie("plain");
    ctx.render_json(&(
        ctx.cookie("plain"),
        ctx.encrypted_cookie("sealed"),
        plain_as_sealed,
    ))
}

async fn provided(value: actix_web::web::Data<String>) -> String {
    value.to_string()
}

async fn echo(body: actix_web::web::Bytes) -> Result<Response> {
    Ok(Response::Ok().body(body))
}

/// What must be on no page.
const CANARY: &str = "c4n4ry";

async fn secretive(ctx: Context, Params(fields): Params<Fields>) -> Result<Response> {
    ctx.session().set("basket", CANARY)?;
    let canary = [Value::Text(CANARY.into())];
    let statement = "SELECT 1 WHERE 'x' = ?";
    ctx.db()
        .rows_sql(statement, canary, &[ValueKind::Integer])
        .await?;
    assert!(!fields.name.is_empty());
    Err(Error::message("it broke"))
}

fn refuse(ctx: Context) -> crate::controller::LocalBoxFuture<'static, Result<Flow>> {
    Box::pin(async move {
        let refused = ctx.request().query_string().contains("refuse");
        before(Ok(refused.then(|| Response::Forbidden().body("refused"))))
    })
}

fn fail(ctx: Context) -> crate::controller::LocalBoxFuture<'static, Result<Flow>> {
    Box::pin(async move {
        before(match ctx.request().query_string().contains("fail") {
            true => Err(Error::unauthorized()),
            false => Ok(()),
        })
    })
}

fn layout(ctx: &Context, title: &str, content: Markup) -> Markup {
    html! { title { (title) " · " (ctx.app().name()) } (content) }
}

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere")
        .layout(layout)
        .data(String::from("a value for everybody"))
        .routes(RouteTable::new(vec![
            route!(GET "/ping" ping),
            route!(GET "/projects/{project_id}/tasks/{id}" show),
            route!(GET "/actix/{project_id}/tasks/{id}" actix_show),
            route!(PATCH "/things/{id}" update),
            route!(PUT "/things/{id}" update),
            route!(GET "/crash" crash),
            route!(GET "/broken" broken),
            route!(GET "/teapot" teapot),
            route!(POST "/actix_error" actix_error),
            route!(GET "/provided" provided),
            route!(GET "/page" page),
            route!(POST "/leave" leave),
            route!(GET "/messages" messages),
            route!(GET "/away" away),
            route!(POST "/invalid" invalid),
            route!(GET "/set_cookies" set_cookies),
            route!(GET "/read_cookies" read_cookies),
            route!(POST "/echo" echo),
            route!(GET "/guarded" ping [refuse, fail]),
            route!(POST "/secretive" secretive),
        ]))
}

fn run(test: impl AsyncFnOnce(TestApp)) {
    TestApp::run(application(), test);
}

/// Runs `test` in another environment and folder.
fn run_in(
    environment: Environment,
    root: &FilePath,
    application: Application,
    test: impl AsyncFnOnce(TestApp),
) {
    let root = root.display().to_string();
    let variable = |name: &str| match name {
        "VELOCIOUS_ROOT" => Some(root.clone()),
        "VELOCIOUS_LOG_LEVEL" => Some("off".into()),
        "VELOCIOUS_COOKIE_SECRET" => {
            Some("5f0c2bb0a4a5d5b0b1d64a1f4bb7d7b3a4dbdbe0a1a9b9b5b2cf9b4bd3e6f8a7".into())
        }
        "VELOCIOUS_HOSTS" => Some("test.local".into()),
        _ => None,
    };
    let given = Given {
        environment: Some(environment),
        variable: &variable,
        overrides: Vec::new(),
    };
    TestApp::run_given(application, given, test);
}

/// An empty folder of the running test.
fn folder() -> PathBuf {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or("http").replace("::", "-");
    let root = std::env::temp_dir().join(format!("velocious-{name}-{}", std::process::id()));
    // One of an earlier process of the same id may have been left behind.
    let _ = std::fs::remove_dir_all(&root);
    std::fs::create_dir_all(&root).expect("a folder");
    root
}

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

#[test]
fn pages_stand_in_the_layout_and_are_guarded() {
    run(async |app| {
        let page = app.get("/page").await;
        assert_eq!(page.text(), "<title>Things · shop</title><p>content</p>");
        assert_eq!(
            page.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
        assert!(page.header("x-request-id").is_some());
        let named = app.get("/page").header("x-request-id", "abc-1").await;
        assert_eq!(named.header("x-request-id"), Some("abc-1"));
        let forged = app.get("/page").header("x-request-id", "abc 1").await;
        assert_ne!(forged.header("x-request-id"), Some("abc 1"));
    });
}

#[test]
fn messages_survive_one_redirect() {
    run(async |app| {
        let left = app.post("/leave").await;
        left.assert_status(303).assert_redirect("/messages");
        let cookie = left.header("set-cookie").unwrap_or_default();
        assert!(cookie.starts_with("shop_flash=enc:v2:"), "{cookie}");
        assert!(
            cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
            "{cookie}"
        );
        app.get("/ping").await.assert_status(200);
        let page = app.follow_redirect(&left).await;
        page.assert_text(r#"<p class="flash flash-notice" role="status">It's done.</p>"#);
        page.assert_text(r#"<p class="flash flash-alert" role="alert">But &lt;carefully&gt;.</p>"#);
        app.get("/messages").await.assert_no_text("done");
    });
}

#[test]
fn a_redirect_stays_on_this_host() {
    run(async |app| {
        let response = app.get("/away").await;
        response
            .assert_status(500)
            .assert_text("use `redirect_outside` if that is meant");
        assert_eq!(response.header("location"), None);
    });
}

#[test]
fn invalid_records_are_answered_in_kind() {
    run(async |app| {
        app.post("/invalid")
            .await
            .assert_status(422)
            .assert_text("the form");
        let json = app.post("/invalid").accept_json().await;
        json.assert_status(422)
            .assert_json(&json!({"errors": {"name": ["can't be blank"]}}));
        assert_eq!(json.header("vary"), Some("accept"));
    });
}

#[test]
fn cookies_come_back_as_they_were_set() {
    run(async |app| {
        let set = app.get("/set_cookies").await;
        assert_eq!(set.headers("set-cookie").count(), 2);
        assert_eq!(set.header("cache-control"), Some("no-store"));
        app.get("/read_cookies")
            .await
            .assert_json(&json!(["a;b", "secret", null]));
        app.forget_cookies();
        let moved = set
            .headers("set-cookie")
            .find_map(|cookie| cookie.strip_prefix("sealed="));
        let moved = moved
            .and_then(|rest| rest.split(';').next())
            .unwrap_or_default();
        let stolen = app
            .get("/read_cookies")
            .header("cookie", format!("plain={moved}"))
            .await;
        assert_eq!(stolen.json()[2], json!(null), "another name");
    });
}

#[test]
fn forms_of_other_sites_are_refused() {
    run(async |app| {
        let form = app
            .post("/leave")
            .header("sec-fetch-site", "cross-site")
            .await;
        form.assert_status(403).assert_no_text("Location");
        assert_eq!(form.header("set-cookie"), None);
    });
}

#[test]
fn what_runs_before_an_action_can_answer_instead() {
    run(async |app| {
        app.get("/guarded")
            .await
            .assert_status(200)
            .assert_text("pong");
        app.get("/guarded?refuse")
            .await
            .assert_status(403)
            .assert_text("refused");
        app.get("/guarded?fail")
            .await
            .assert_status(401)
            .assert_text("Please sign in.");
    });
}

#[test]
fn health_is_known_without_a_route() {
    run(async |app| {
        app.get("/up").await.assert_status(200).assert_text("up");
        app.app().stop();
        app.get("/up").await.assert_status(503);
    });
}

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
        "<code>src/http/tests.rs:",
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
