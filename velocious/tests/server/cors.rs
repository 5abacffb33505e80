//! Pages of other origins that use the application.

use velocious::http::Cookie;
use velocious::prelude::*;
use velocious::testing::{TestApp, TestRequest, TestResponse};

pub mod routes {
    use actix_web::web::{ServiceConfig, get};

    fn native(config: &mut ServiceConfig) {
        config.route("/hello", get().to(async || "hello"));
    }

    velocious::routes! {
        mount "/native" => native;
        get shared => shares::show;
        post shared => shares::create;
        delete shared => shares::destroy;
        get failing => shares::failing;
        get own => shares::own;
        get "/api/tasks" => shares::show;
        post "/api/tasks" => shares::create;
        post "/apis" => shares::create;
    }
}

pub mod controllers {
    use super::*;

    pub struct SharesController;

    #[controller]
    impl SharesController {
        pub async fn show(ctx: Context) -> Result<Response> {
            ctx.render_json("shown")
        }

        pub async fn create(ctx: Context) -> Result<Response> {
            ctx.set_cookie(Cookie::new("seen", "1"));
            ctx.session().set("user_id", 1)?;
            ctx.render_json("created")
        }

        pub async fn destroy(ctx: Context) -> Result<Response> {
            ctx.render_json("destroyed")
        }

        pub async fn failing(_: Context) -> Result<Response> {
            Err(Error::message("out of luck"))
        }

        pub async fn own(ctx: Context) -> Result<Response> {
            let mut response = ctx.render_json("own")?;
            let value = actix_web::http::header::HeaderValue::from_static("https://x.example");
            let name = actix_web::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
            response.headers_mut().insert(name, value);
            Ok(response)
        }
    }
}

const SHOP: &str = "https://shop.example";
const LISTED: (&str, &str) = (
    "cors.origins",
    "https://shop.example,https://*.partner.example",
);
const WITH_COOKIES: (&str, &str) = ("cors.credentials", "true");

fn run(settings: &[(&'static str, &str)], test: impl AsyncFnOnce(TestApp)) {
    let application = Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes());
    TestApp::run_with(application, settings, test);
}

/// The request as the script of a page of another origin sends it.
fn from(request: TestRequest, origin: &str) -> TestRequest {
    request
        .header("origin", origin)
        .header("sec-fetch-site", "cross-site")
        .header("sec-fetch-mode", "cors")
}

async fn preflight(app: &TestApp, origin: &str, path: &str) -> TestResponse {
    let request = app.request(actix_web::http::Method::OPTIONS, path);
    let request = from(request, origin).header("access-control-request-method", "DELETE");
    request
        .header("access-control-request-headers", "x-api-key")
        .await
}

fn header<'a>(answer: &'a TestResponse, name: &str) -> Option<&'a str> {
    answer.header(&format!("access-control-{name}"))
}

fn varies_by_origin(answer: &TestResponse) -> bool {
    answer.headers("vary").any(|names| names == "origin")
}

#[test]
fn nobody_is_told_anything_unless_it_is_configured() {
    run(&[], async |app| {
        let asked = preflight(&app, SHOP, "/shared").await;
        asked.assert_status(204);
        assert_eq!(
            asked.header("allow"),
            Some("GET, HEAD, POST, DELETE, OPTIONS")
        );
        assert_eq!(header(&asked, "allow-origin"), None);
        let shown = from(app.get("/shared"), SHOP).await;
        shown.assert_status(200);
        assert_eq!(header(&shown, "allow-origin"), None);
        assert!(!varies_by_origin(&shown));
        from(app.post("/shared"), SHOP).await.assert_status(403);
    });
}

#[test]
fn a_browser_is_told_what_a_page_may_send() {
    let settings = [
        LISTED,
        ("cors.methods", "GET,DELETE"),
        ("cors.headers", "X-Api-Key,Content-Type"),
        ("cors.max_age_seconds", "60"),
    ];
    run(&settings, async |app| {
        for origin in [SHOP, "https://SHOP.example", "https://a.b.partner.example"] {
            let asked = preflight(&app, origin, "/shared").await;
            asked.assert_status(204);
            assert_eq!(asked.text(), "");
            assert_eq!(header(&asked, "allow-origin"), Some(origin));
            assert_eq!(header(&asked, "allow-methods"), Some("GET, DELETE"));
            assert_eq!(
                header(&asked, "allow-headers"),
                Some("X-Api-Key, Content-Type")
            );
            assert_eq!(header(&asked, "max-age"), Some("60"));
            assert_eq!(header(&asked, "allow-credentials"), None);
            assert!(varies_by_origin(&asked));
        }
        // Whether there is such a page is for the request itself to find out.
        preflight(&app, SHOP, "/nowhere").await.assert_status(204);
        for origin in ["https://evil.example", "https://partner.example", "null"] {
            let asked = preflight(&app, origin, "/shared").await;
            asked
                .assert_status(403)
                .assert_text("VELOCIOUS_CORS_ORIGINS");
            assert_eq!(header(&asked, "allow-origin"), None);
            assert_eq!(header(&asked, "allow-methods"), None);
            assert!(varies_by_origin(&asked));
        }
        // Without the question it is the question which methods there are.
        let options = app.request(actix_web::http::Method::OPTIONS, "/shared");
        let options = from(options, SHOP).await;
        assert_eq!(
            options.header("allow"),
            Some("GET, HEAD, POST, DELETE, OPTIONS")
        );
    });
}

#[test]
fn every_answer_says_who_may_read_it() {
    let settings = [LISTED, ("cors.exposed_headers", "X-Total,X-Request-Id")];
    run(&settings, async |app| {
        for (path, status) in [("/shared", 200), ("/nowhere", 404), ("/failing", 500)] {
            let answer = from(app.get(path), SHOP).await;
            answer.assert_status(status);
            assert_eq!(header(&answer, "allow-origin"), Some(SHOP), "{path}");
            assert_eq!(
                header(&answer, "expose-headers"),
                Some("X-Total, X-Request-Id")
            );
            assert_eq!(header(&answer, "allow-methods"), None);
            assert!(varies_by_origin(&answer));
            let other = from(app.get(path), "https://evil.example").await;
            assert_eq!(header(&other, "allow-origin"), None);
            assert_eq!(header(&other, "expose-headers"), None);
            assert!(varies_by_origin(&other), "a cache would hand it to others");
            let own = app.get(path).await;
            assert_eq!(header(&own, "allow-origin"), None);
            assert!(varies_by_origin(&own));
        }
        let own = from(app.get("/own"), SHOP).await;
        assert_eq!(header(&own, "allow-origin"), Some("https://x.example"));
        let native = from(app.get("/native/hello"), SHOP).await;
        native.assert_status(200);
        assert_eq!(header(&native, "allow-origin"), Some(SHOP));
        preflight(&app, SHOP, "/native/hello")
            .await
            .assert_status(204);
    });
}

#[test]
fn every_page_may_read_what_is_for_all() {
    run(
        &[("cors.origins", "*"), ("cors.methods", "*")],
        async |app| {
            for origin in [SHOP, "null"] {
                let answer = from(app.get("/shared"), origin).await;
                assert_eq!(header(&answer, "allow-origin"), Some("*"));
                assert!(!varies_by_origin(&answer));
                let asked = preflight(&app, origin, "/shared").await;
                assert_eq!(header(&asked, "allow-methods"), Some("*"));
                from(app.delete("/shared"), origin).await.assert_status(200);
            }
            // Its own pages keep their cookies.
            let own = app
                .post("/shared")
                .header("origin", "http://test.local")
                .await;
            assert_eq!(own.assert_status(200).headers("set-cookie").count(), 2);
        },
    );
}

#[test]
fn a_listed_page_sends_with_its_visitors_cookies_only_where_they_are_shared() {
    run(&[LISTED], async |app| {
        let created = from(app.post("/shared"), SHOP).await;
        created.assert_status(200);
        assert_eq!(created.headers("set-cookie").count(), 0);
        for (name, value) in [
            ("cookie", "shop_session=x"),
            ("authorization", "Basic dXNlcjpwYXNz"),
            ("authorization", "negotiate x"),
        ] {
            let refused = from(app.post("/shared"), SHOP).header(name, value).await;
            refused.assert_status(403).assert_text("leave them out");
        }
        let bearer = ("authorization", "Bearer x");
        let sent = from(app.post("/shared"), SHOP)
            .header(bearer.0, bearer.1)
            .await;
        sent.assert_status(200);
        // A form that leads the visitor here could sign them in as somebody else.
        let form = from(app.post("/shared"), SHOP).header("sec-fetch-mode", "navigate");
        form.await.assert_status(403);
        let plain = from(app.post("/shared"), SHOP).header("sec-fetch-mode", "no-cors");
        plain.await.assert_status(403);
        from(app.post("/shared"), "https://evil.example")
            .await
            .assert_status(403);
        let asked = preflight(&app, SHOP, "/shared").await;
        assert_eq!(header(&asked, "allow-credentials"), None);
    });
    run(&[LISTED, WITH_COOKIES], async |app| {
        let created = from(app.post("/shared"), SHOP).await;
        created.assert_status(200);
        assert_eq!(header(&created, "allow-credentials"), Some("true"));
        assert_eq!(created.headers("set-cookie").count(), 2);
        // The cookies of the first answer come with the second request.
        from(app.post("/shared"), SHOP).await.assert_status(200);
        from(app.post("/shared"), "https://evil.example")
            .await
            .assert_status(403);
        let asked = preflight(&app, SHOP, "/shared").await;
        assert_eq!(header(&asked, "allow-credentials"), Some("true"));
        let other = from(app.get("/shared"), "https://evil.example").await;
        assert_eq!(header(&other, "allow-credentials"), None);
    });
}

#[test]
fn a_listed_page_sends_with_the_methods_that_are_listed() {
    run(&[LISTED, WITH_COOKIES], async |app| {
        from(app.delete("/shared"), SHOP).await.assert_status(403);
        let form = from(app.post("/shared"), SHOP).form(&[("_method", "delete")]);
        form.await.assert_status(403);
    });
    let settings = [LISTED, WITH_COOKIES, ("cors.methods", "POST,DELETE")];
    run(&settings, async |app| {
        from(app.delete("/shared"), SHOP).await.assert_status(200);
        let form = from(app.post("/shared"), SHOP).form(&[("_method", "delete")]);
        form.await.assert_status(200).assert_text("destroyed");
    });
    run(&[LISTED, ("cors.methods", "GET")], async |app| {
        from(app.post("/shared"), SHOP).await.assert_status(403);
        from(app.get("/shared"), SHOP).await.assert_status(200);
    });
}

#[test]
fn paths_that_are_not_shared_know_nothing_of_other_origins() {
    run(&[LISTED, ("cors.paths", "/api/")], async |app| {
        from(app.post("/api/tasks"), SHOP).await.assert_status(200);
        let shown = from(app.get("/api/tasks"), SHOP).await;
        assert_eq!(header(&shown, "allow-origin"), Some(SHOP));
        preflight(&app, SHOP, "/api").await.assert_status(204);
        for path in ["/shared", "/apis"] {
            from(app.post(path), SHOP).await.assert_status(403);
            let shown = from(app.get(path), SHOP).await;
            assert_eq!(header(&shown, "allow-origin"), None, "{path}");
            assert!(!varies_by_origin(&shown));
            let asked = preflight(&app, SHOP, path).await;
            assert_eq!(header(&asked, "allow-methods"), None, "{path}");
        }
    });
}
