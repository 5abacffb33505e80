//! Requests in process: what every application answers, whatever its actions do.
//!
//! * `requests`: how they reach their action; `answers`: what they are answered with, pages, messages and cookies;
//! * `failures`: what is told of errors, and to whom; `log`: what the log says of requests.

mod answers;
mod failures;
mod log;
mod requests;

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
