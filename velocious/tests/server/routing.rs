//! Routes: what answers which path, and the paths that lead there.

use std::time::Duration;

use serde_json::json;
use velocious::actix_web::{HttpRequest, web};
use velocious::prelude::*;
use velocious::testing::TestApp;

pub mod routes {
    /// Two letters, like `en`.
    pub struct Language(pub &'static str);

    impl velocious::routing::PathSegment for Language {
        fn push_to(&self, path: &mut String) {
            self.0.push_to(path);
        }
    }

    impl velocious::routing::SegmentType for Language {
        fn accepts(text: &str) -> bool {
            text.len() == 2
        }
    }

    velocious::routes! {
        concern commentable {
            resources comments(id: i64) only(index, show) controller = answers;
            get history => answers::index on member;
        }
        resources articles(id: i64) controller = answers only(index, show, update) {
            concerns commentable;
        }
        resources pictures(slug: String) controller = answers only(show) {
            concerns commentable;
        }
        resource profile controller = answers only(show, create, edit) {
            get settings => answers::index;
            resources keys controller = answers only(show);
        }
        match [get, post, delete] search => answers::index;
        get "/in/{language: Language}" => answers::show as language;
        get "/days/{day: velocious::prelude::NaiveDate}" => answers::show as day;
        get "/files/{*rest}" => answers::rest as file;
        get "/files/{name}" => answers::show as one_file;
        get links => answers::links;
        get back => answers::back;
        get slow => answers::slow;
        redirect "/posts/{id}" => "/articles/{id}";
        redirect "/old/{*rest}" => "/{rest}" status = 302;
        redirect elsewhere => "https://example.org/?a=1" status = 308;
        mount "/native" => crate::routing::services;
        namespace deep {
            mount wild => crate::routing::services;
        }
    }
}

pub mod controllers {
    use super::routes::paths;
    use super::*;

    pub struct AnswersController;

    #[controller]
    impl AnswersController {
        pub async fn index(ctx: Context) -> Result<Response> {
            let request = ctx.request();
            let parameters: Vec<_> = request.match_info().iter().collect();
            ctx.render_json(&(request.method().as_str(), parameters))
        }

        pub async fn show(ctx: Context, Path(id): Path<String>) -> Result<Response> {
            ctx.render_json(&id)
        }

        pub async fn create(ctx: Context) -> Result<Response> {
            ctx.render_json("created")
        }

        pub async fn edit(ctx: Context) -> Result<Response> {
            ctx.render_json("edit")
        }

        pub async fn update(ctx: Context, Path(id): Path<i64>) -> Result<Response> {
            ctx.render_json(&(id + 1))
        }

        pub async fn rest(ctx: Context, Path(rest): Path<String>) -> Result<Response> {
            ctx.render_json(&("rest", rest))
        }

        pub async fn links(ctx: Context) -> Result<Response> {
            let by_name = ctx.app().routes().path_to("article", &[&3])?;
            ctx.render_json(&(
                paths::articles_url(&ctx).query(&[("page", 2)]),
                paths::article_url(&ctx, 3),
                by_name,
            ))
        }

        pub async fn back(ctx: Context, Params(wanted): Params<super::Wanted>) -> Result<Response> {
            match wanted.to.and_then(|path| ctx.local_path(path)) {
                Some(path) => ctx.redirect(path),
                None => ctx.redirect_back(paths::links_path()),
            }
        }

        pub async fn slow(ctx: Context) -> Result<Response> {
            match ctx.request().query_string() {
                "forever" => ctx.set_request_timeout(None),
                "longer" => ctx.set_request_timeout(Duration::from_secs(60)),
                "shorter" => ctx.set_request_timeout(Duration::from_millis(1)),
                _ => {}
            }
            let slept = tokio::time::sleep(Duration::from_millis(800));
            slept.await;
            ctx.render_json("slept")
        }
    }
}

/// Where somebody says they were going.
#[derive(serde::Deserialize)]
pub struct Wanted {
    to: Option<String>,
}

/// What is mounted: an actix application of its own.
pub fn services(config: &mut web::ServiceConfig) {
    config
        .route("/hello/{name}", web::get().to(hello))
        .route("/echo", web::post().to(async |body: String| body))
        .route(
            "/data",
            web::get().to(async |data: web::Data<u8>| data.to_string()),
        )
        .route("/panic", web::get().to(panics))
        .route("/error", web::get().to(fails))
        .route("/slow", web::get().to(slow))
        .service(web::scope("/inner").route("", web::get().to(async || "inner")));
}

async fn hello(request: HttpRequest, name: web::Path<String>, ctx: Context) -> String {
    ctx.flash().notice("from a mounted service");
    let connected = Db::current().is_ok();
    format!("{name} {} {connected}", request.path())
}

async fn panics() -> &'static str {
    panic!("a mounted panic")
}

async fn fails() -> Result<&'static str> {
    Err(Error::http(418, "I am a teapot."))
}

async fn slow(ctx: Context) -> &'static str {
    ctx.set_request_timeout(Duration::from_millis(1));
    tokio::time::sleep(Duration::from_secs(60)).await;
    "slept"
}

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere")
        .data(7_u8)
        .routes(routes::routes())
}

#[test]
fn segments_have_types() {
    TestApp::run(application(), async |app| {
        app.get("/articles/7").await.assert_json(&json!("7"));
        app.patch("/articles/7").await.assert_json(&json!(8));
        for path in [
            "/articles/x",
            "/articles/7x",
            "/articles/99999999999999999999",
            "/articles/x/comments",
            "/articles/7/comments/x",
            "/in/eng",
            "/days/2026-02-30",
        ] {
            app.get(path).await.assert_status(404);
            app.delete(path).await.assert_status(404);
        }
        app.delete("/articles/7").await.assert_status(405);
        app.get("/in/en").await.assert_json(&json!("en"));
        app.get("/days/2026-02-28")
            .await
            .assert_json(&json!("2026-02-28"));
    });
}

#[test]
fn resources_share_concerns() {
    TestApp::run(application(), async |app| {
        app.get("/articles/7/comments")
            .await
            .assert_json(&json!(["GET", [["article_id", "7"]]]));
        app.get("/pictures/a-cat/history")
            .await
            .assert_json(&json!(["GET", [["picture_slug", "a-cat"]]]));
        app.get("/pictures/a%20cat/comments/3")
            .await
            .assert_json(&json!("3"));
    });
}

#[test]
fn one_record_has_paths_without_a_key() {
    TestApp::run(application(), async |app| {
        app.post("/profile").await.assert_json(&json!("created"));
        app.get("/profile/edit").await.assert_json(&json!("edit"));
        app.get("/profile/settings")
            .await
            .assert_json(&json!(["GET", []]));
        app.get("/profile/keys/2").await.assert_json(&json!("2"));
        app.delete("/profile").await.assert_status(405);
    });
}

#[test]
fn several_verbs_lead_to_one_action() {
    TestApp::run(application(), async |app| {
        app.get("/search").await.assert_json(&json!(["GET", []]));
        app.delete("/search")
            .await
            .assert_json(&json!(["DELETE", []]));
        let refused = app.patch("/search").await;
        refused.assert_status(405);
        assert_eq!(
            refused.header("allow"),
            Some("GET, HEAD, POST, DELETE, OPTIONS")
        );
    });
}

#[test]
fn the_rest_of_a_path_is_one_parameter() {
    TestApp::run(application(), async |app| {
        app.get("/files/a/b%2Fc.txt")
            .await
            .assert_json(&json!(["rest", "a/b/c.txt"]));
        app.get("/files/a").await.assert_json(&json!("a"));
        app.get("/files").await.assert_status(404);
    });
}

#[test]
fn paths_that_came_with_the_request_are_followed_if_they_are_routes() {
    TestApp::run(application(), async |app| {
        let back = |to: &'static str| app.get(routes::paths::back_path().query(&[("to", to)]));
        for path in ["/articles/3", "/articles/3?a=//b#c", "/in/de"] {
            back(path).await.assert_redirect(path);
        }
        for path in [
            "",
            "/nowhere",
            "//evil.example/articles/3",
            "/\\evil.example",
            "https://evil.example/articles/3",
            "articles/3",
            "javascript:alert(1)",
        ] {
            back(path).await.assert_redirect("/links");
        }
        let from = |page: &'static str| app.get("/back").header("referer", page);
        let page = from("https://test.local/articles/3?page=2").await;
        page.assert_redirect("/articles/3?page=2");
        for page in [
            "https://test.local.evil.example/articles/3",
            "https://evil.example/articles/3",
            "https://test.local:81/articles/3",
            "https://test.local/nowhere",
            "/articles/3",
        ] {
            from(page).await.assert_redirect("/links");
        }
    });
}

#[test]
fn redirects_keep_parameters_and_query() {
    TestApp::run(application(), async |app| {
        let moved = app.get("/posts/a%2Fb?page=2").await;
        moved.assert_status(301);
        moved.assert_redirect("/articles/a%2Fb?page=2");
        let moved = app.get("/old/a/b").await;
        moved.assert_status(302).assert_redirect("/a/b");
        app.post("/posts/7").await.assert_status(405);
        let moved = app.post("/elsewhere?b=2").await;
        moved
            .assert_status(308)
            .assert_redirect("https://example.org/?a=1");
    });
}

#[test]
fn a_redirect_never_leads_to_another_host_by_itself() {
    TestApp::run(application(), async |app| {
        for path in [
            "/old//evil.example",
            "/old//%5Cevil.example",
            "/old/%2F/evil.example",
        ] {
            let moved = app.get(path).await;
            let to = moved.redirect_path();
            assert!(!to[1..].starts_with(['/', '\\']), "{path}: {to}");
        }
    });
}

#[test]
fn paths_and_addresses_are_built_from_names() {
    use routes::paths;

    assert_eq!(paths::article_path(7), "/articles/7");
    assert_eq!(paths::article_comment_path(7, 8), "/articles/7/comments/8");
    assert_eq!(
        paths::history_picture_path("a cat".to_owned()),
        "/pictures/a%20cat/history"
    );
    assert_eq!(paths::file_path("a b/c.txt"), "/files/a%20b/c.txt");
    assert_eq!(paths::language_path(routes::Language("en")), "/in/en");
    assert_eq!(paths::profile_path(), "/profile");
    assert_eq!(paths::profile_key_path(3), "/profile/keys/3");
    assert_eq!(paths::settings_profile_path(), "/profile/settings");
    assert_eq!(
        paths::articles_path().query(&[("page", 2)]),
        "/articles?page=2"
    );
    assert_eq!(
        paths::article_url("https://shop.example", 7),
        "https://shop.example/articles/7"
    );
    TestApp::run(application(), async |app| {
        app.get("/links").await.assert_json(&json!([
            "http://test.local/articles?page=2",
            "http://test.local/articles/3",
            "/articles/3",
        ]));
    });
}

#[test]
fn mounted_services_are_answered_like_everything_else() {
    TestApp::run(application(), async |app| {
        let answer = app.get("/native/hello/you").await;
        answer
            .assert_status(200)
            .assert_text("you /native/hello/you true");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(answer.header("x-request-id").is_some());
        assert!(
            answer
                .header("set-cookie")
                .is_some_and(|cookie| cookie.contains("_flash"))
        );
        app.get("/deep/wild/inner").await.assert_text("inner");
        app.get("/native/data").await.assert_text("7");
        app.post("/native/echo")
            .body("text/plain", "text")
            .await
            .assert_text("text");
        app.get("/native/nowhere").await.assert_status(404);
        let teapot = app.get("/native/error").accept_json().await;
        teapot.assert_status(418);
        teapot.assert_json(&json!({"error": "I am a teapot."}));
        let crashed = app.get("/native/panic").accept_json().await;
        crashed.assert_status(500);
        assert!(crashed.header("x-request-id").is_some());
        app.get("/native/slow").await.assert_status(503);
        app.post("/native/echo")
            .header("sec-fetch-site", "cross-site")
            .body("text/plain", "text")
            .await
            .assert_status(403);
    });
}

#[test]
fn a_request_that_takes_too_long_is_given_up() {
    let settings = [("server.request_timeout", "500ms")];
    TestApp::run_with(application(), &settings, async |app| {
        let late = app.get("/slow").accept_json().await;
        late.assert_status(503);
        late.assert_json(&json!({"error": "Request timed out after 0.5s"}));
        for query in ["forever", "longer"] {
            app.get(format!("/slow?{query}"))
                .await
                .assert_json(&json!("slept"));
        }
    });
    TestApp::run(application(), async |app| {
        app.get("/slow").await.assert_json(&json!("slept"));
        app.get("/slow?shorter").await.assert_status(503);
    });
}
