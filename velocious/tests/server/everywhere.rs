//! What every answer of production has, whatever kind it is of, and what none has: the headers that guard it, its type, and
//! nothing of what went on inside.

use std::time::Duration;

use serde_json::json;
use velocious::actix_web::web;
use velocious::config::Environment;
use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::testing::{TestApp, TestRequest, TestResponse};
use velocious::view::html;

pub mod routes {
    velocious::routes! {
        get "/kinds/{kind}" => kinds::show as kind;
        post "/kinds" => kinds::create as kinds;
        redirect "/kinds_were/{kind}" => "/kinds/{kind}";
        mount "/mounted_kinds" => crate::everywhere::services;
    }
}

/// What is mounted.
fn services(config: &mut web::ServiceConfig) {
    config.route("/text", web::get().to(async || "text")).route(
        "/crash",
        web::get().to(async || -> &'static str { panic!("canary-panic") }),
    );
}

pub mod controllers {
    use super::*;

    pub struct KindsController;

    #[controller]
    impl KindsController {
        pub async fn show(ctx: Context, Path(kind): Path<String>) -> Result<Response> {
            match kind.as_str() {
                "page" => ctx.render(html! { p { "page" } }),
                "json" => ctx.render_json(&[1, 2]),
                "text" => Ok(Response::Ok().body("text")),
                "bare_text" => Ok(Response::Ok().content_type("text/plain").body("text")),
                "bare_page" => Ok(Response::Ok().content_type("text/html").body("<p>page</p>")),
                "bytes" => Ok(Response::Ok().body(vec![1_u8, 2, 3])),
                "untyped" => {
                    let body = velocious::actix_web::body::BoxBody::new("?".to_owned());
                    Ok(Response::with_body(Default::default(), body))
                }
                "empty" => Ok(Response::NoContent().finish()),
                "redirect" => ctx.redirect(RoutePath::raw("/kinds/page")),
                "file" => ctx.send_file("public/app.css").await,
                "missing" => Err(ctx.not_found()),
                "broken" => {
                    let text = std::fs::read_to_string("/canary-file")?;
                    ctx.render_json(&text)
                }
                "query" => {
                    ctx.db().batch("SELECT canary FROM canary_table").await?;
                    ctx.render_json("there")
                }
                "chained" => Err(Error::message(format!(
                    "canary-message {:?}",
                    ctx.app().config()
                ))),
                "crash" => panic!("canary-panic"),
                "slow" => {
                    ctx.set_request_timeout(Duration::from_millis(20));
                    std::future::pending::<()>().await;
                    ctx.render_json("late")
                }
                "cookie" => {
                    ctx.set_cookie(velocious::http::Cookie::new("canary;", "x"));
                    ctx.render_json("set")
                }
                "stream" => ctx.stream("text/csv", async |out| out.write("1\n").await),
                "events" => ctx.server_sent_events(async |events| events.send("1").await),
                _ => Err(ctx.not_found()),
            }
        }

        pub async fn create(ctx: Context, Params(sent): Params<Sent>) -> Result<Response> {
            ctx.render_json(&(sent.count, sent.password.len()))
        }
    }

    #[derive(serde::Deserialize)]
    pub struct Sent {
        count: u8,
        password: String,
    }
}

const SECRET: &str = "c3e80b6f1a947d25b0f86ec21d3794a85c0e7fb92461ad38f5027c9e4b8d1a60";

/// What no answer of production may hold.
const CANARIES: &[&str] = &[
    "canary",
    "c3e80b6f1a94",
    ".rs:",
    "/src/",
    "SELECT",
    "velocious-everywhere",
    "panicked",
];

/// Requests of every kind, with the status they are answered with.
fn requests(app: &TestApp) -> Vec<(TestRequest, u16)> {
    let get = |path: &str| app.get(path);
    let kinds = [
        ("page", 200),
        ("json", 200),
        ("text", 200),
        ("bare_text", 200),
        ("bare_page", 200),
        ("bytes", 200),
        ("untyped", 200),
        ("empty", 204),
        ("redirect", 302),
        ("file", 200),
        ("missing", 404),
        ("broken", 500),
        ("query", 500),
        ("chained", 500),
        ("crash", 500),
        ("slow", 503),
        ("cookie", 500),
        ("stream", 200),
        ("events", 200),
    ];
    let mut requests: Vec<(TestRequest, u16)> = Vec::new();
    for (kind, status) in kinds {
        requests.push((get(&format!("/kinds/{kind}")), status));
        requests.push((get(&format!("/kinds/{kind}")).accept_json(), status));
        requests.push((app.head(format!("/kinds/{kind}")), status));
    }
    requests.extend([
        (get("/nowhere"), 404),
        (get("/nowhere").accept_json(), 404),
        (app.post("/nowhere"), 404),
        (app.delete("/kinds/page"), 405),
        (
            app.request(velocious::actix_web::http::Method::OPTIONS, "/kinds/page"),
            204,
        ),
        (get("/kinds_were/page"), 301),
        (get("/up"), 200),
        (get("/app.css"), 200),
        (get("/page.html"), 200),
        (get("/logo.svg"), 200),
        (get("/data.bin"), 200),
        (get("/../canary"), 404),
        (get("/app.css").header("if-none-match", "*"), 304),
        (get("/kinds/file").header("range", "bytes=1-2"), 206),
        (get("/kinds/file").header("range", "bytes=100-"), 416),
        (get("/mounted_kinds/text"), 200),
        (get("/mounted_kinds/crash"), 500),
        (get("/mounted_kinds/nowhere"), 404),
        (get("/kinds/%ff"), 400),
        (get("/kinds/page").header("host", "evil.example"), 403),
        (
            app.post("/kinds").header("sec-fetch-site", "cross-site"),
            403,
        ),
        (
            app.post("/kinds")
                .form(&[("count", "x"), ("password", "canary-password")]),
            422,
        ),
        (
            app.post("/kinds")
                .json(&json!({"count": 1000, "password": "canary-password"})),
            422,
        ),
        (
            app.post("/kinds")
                .body("application/json", "{\"canary-json"),
            400,
        ),
        (
            app.post("/kinds").body(
                "application/x-www-form-urlencoded",
                vec![b'a'; 3 * 1024 * 1024],
            ),
            413,
        ),
    ]);
    requests
}

/// What is missing from an answer, or too much.
fn faults(answer: &TestResponse, is_head: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut need = |name: &str, value: &str| {
        if !answer
            .header(name)
            .is_some_and(|found| found.contains(value))
        {
            faults.push(format!("no {name}: …{value}…"));
        }
    };
    need("x-content-type-options", "nosniff");
    need("x-request-id", "");
    need(
        "strict-transport-security",
        "max-age=31536000; includeSubDomains",
    );
    let kind = answer.header("content-type").unwrap_or_default().to_owned();
    if !answer.bytes().is_empty() {
        need("content-type", "/");
    }
    let is_text = kind.starts_with("text/") || kind.starts_with("application/json");
    if is_text && kind != "text/event-stream" {
        need("content-type", "; charset=utf-8");
    }
    if kind.starts_with("text/html") || kind.starts_with("image/svg") {
        need("content-security-policy", "frame-ancestors 'self'");
        need("content-security-policy", "default-src");
        need("referrer-policy", "strict-origin-when-cross-origin");
        need("cross-origin-opener-policy", "same-origin");
    }
    if is_head && !answer.bytes().is_empty() {
        faults.push("a body".into());
    }
    for name in ["server", "x-powered-by", "x-aspnet-version", "via"] {
        if answer.header(name).is_some() {
            faults.push(format!("{name} is told"));
        }
    }
    let told = format!("{answer:?} {}", answer.text());
    let told = told
        .split_once("headers: ")
        .map_or(told.as_str(), |(_, rest)| rest);
    for canary in CANARIES {
        if told.contains(canary) {
            faults.push(format!("{canary} is told"));
        }
    }
    faults
}

#[test]
fn every_kind_of_answer_is_guarded_and_tells_nothing() {
    let root = std::env::temp_dir().join(format!("velocious-everywhere-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&root);
    std::fs::create_dir_all(root.join("public")).expect("a folder");
    for (name, content) in [
        ("public/app.css", "p {}"),
        ("public/page.html", "<p>page</p>"),
        ("public/logo.svg", "<svg/>"),
        ("public/data.bin", "x"),
        ("canary", "canary"),
    ] {
        std::fs::write(root.join(name), content).expect("a file");
    }
    let folder: &'static str = root.display().to_string().leak();
    let application = Application::new("shop", "1.0.0", folder).routes(routes::routes());
    let settings = [
        ("security.cookie_secret", SECRET),
        ("security.hosts", "test.local"),
        ("log.file", "false"),
        ("log.console", "false"),
    ];
    let faults = TestApp::run_in(
        Environment::PRODUCTION,
        application,
        &settings,
        async |app| {
            let (mut found, mut kinds) = (Vec::new(), std::collections::BTreeSet::new());
            for (request, status) in requests(&app) {
                let told = format!("{request:?}");
                let is_head = told.contains("method: HEAD");
                let request = request.header("authorization", "Bearer canary-header");
                let answer = request.header("cookie", "canary=canary-cookie").await;
                let told = told
                    .split_once("method: ")
                    .map_or(told.as_str(), |(_, rest)| rest);
                let told: String = told.chars().take(120).collect();
                if answer.status() != status {
                    found.push(format!("{} instead of {status}: {told}", answer.status()));
                }
                let kind = answer.header("content-type").unwrap_or_default().to_owned();
                kinds.insert((answer.status(), kind));
                let faults = faults(&answer, is_head).into_iter();
                found.extend(faults.map(|fault| format!("{fault}: {told}")));
            }
            assert!(kinds.len() >= 20, "{kinds:#?}");
            found
        },
    );
    std::fs::remove_dir_all(&root).expect("a folder");
    assert_eq!(faults, [""; 0], "{faults:#?}");
}
