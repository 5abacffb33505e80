//! Which requests are refused, and what protects those that are not.

use velocious::http::Cookie;
use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::testing::TestApp;
use velocious::view::{button_to, html};

pub mod routes {
    velocious::routes! {
        get form => forms::new;
        post form => forms::create;
        get plain => forms::plain;
        get scripted => forms::scripted;
        get address => forms::address;
        post cookies => forms::cookies;
        get signed => forms::signed;
    }
}

pub mod controllers {
    use super::*;

    pub struct FormsController;

    #[controller]
    impl FormsController {
        pub async fn new(ctx: Context) -> Result<Response> {
            ctx.session().set("visits", 1)?;
            ctx.render(button_to("Send", RoutePath::raw("/form"), "post"))
        }

        pub async fn create(ctx: Context) -> Result<Response> {
            ctx.render_json("created")
        }

        pub async fn plain(ctx: Context) -> Result<Response> {
            ctx.render(button_to("Send", RoutePath::raw("/form"), "post"))
        }

        pub async fn scripted(ctx: Context) -> Result<Response> {
            let nonce = ctx.csp_nonce()?;
            ctx.render(html! { script nonce=(nonce) { "1" } })
        }

        pub async fn address(ctx: Context) -> Result<Response> {
            ctx.render_json(&ctx.url("/tasks"))
        }

        pub async fn cookies(ctx: Context) -> Result<Response> {
            ctx.set_cookie(Cookie::new("theme", "dark").signed());
            ctx.render_json("set")
        }

        pub async fn signed(ctx: Context) -> Result<Response> {
            ctx.render_json(&(ctx.signed_cookie("theme"), ctx.signed_cookie("other")))
        }
    }
}

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes())
}

/// The token in a form.
fn token(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("name=\"csrf_token\" value=\"")?;
    rest.split('"').next().map(str::to_owned)
}

#[test]
fn a_browser_that_says_nothing_has_to_send_a_token_with_its_session() {
    TestApp::run(application(), async |app| {
        // Without a session there is nothing to protect.
        assert_eq!(token(&app.get("/plain").await.text()), None);
        app.post("/form").await.assert_status(200);
        let page = app.get("/form").await.text();
        let token = token(&page).expect("a token");
        let silent = || app.post("/form").without_header("sec-fetch-site");
        silent()
            .await
            .assert_status(403)
            .assert_text("The form has no valid token");
        silent()
            .form(&[("a", "b"), ("csrf_token", &token)])
            .await
            .assert_status(200);
        silent()
            .header("x-csrf-token", &token)
            .await
            .assert_status(200);
        silent()
            .header("x-csrf-token", "x")
            .await
            .assert_status(403);
        silent()
            .form(&[("csrf_token", "")])
            .await
            .assert_status(403);
        // The session of somebody else has other tokens.
        app.forget_cookies();
        app.get("/form").await;
        silent()
            .header("x-csrf-token", &token)
            .await
            .assert_status(403);
        // Nothing is asked of who only looks.
        app.get("/plain")
            .without_header("sec-fetch-site")
            .await
            .assert_status(200);
    });
}

#[test]
fn only_the_listed_hosts_are_served() {
    // In tests every host is.
    TestApp::run(application(), async |app| {
        app.get("/plain")
            .header("host", "any.example")
            .await
            .assert_status(200);
        app.get("/plain")
            .header("host", "a b")
            .await
            .assert_status(400);
        let address = app
            .get("/address")
            .header("host", "shop.example:8080")
            .await;
        assert_eq!(address.json(), "http://shop.example:8080/tasks");
        // Nobody is a trusted proxy.
        let address = app
            .get("/address")
            .header("x-forwarded-proto", "https")
            .header("x-forwarded-host", "evil.example")
            .await;
        assert_eq!(address.json(), "http://test.local/tasks");
    });
}

#[test]
fn a_script_in_the_page_runs_with_the_nonce_of_that_page() {
    TestApp::run(application(), async |app| {
        let page = app.get("/scripted").await;
        let text = page.text();
        let nonce = text.split('"').nth(1).expect("a nonce").to_owned();
        let policy = page
            .header("content-security-policy")
            .expect("a policy")
            .to_owned();
        assert!(
            policy.contains(&format!("script-src 'self' 'nonce-{nonce}'")),
            "{policy}"
        );
        assert!(!app.get("/scripted").await.text().contains(&nonce));
        let plain = app.get("/plain").await;
        assert!(
            !plain
                .header("content-security-policy")
                .expect("a policy")
                .contains("nonce")
        );
    });
}

#[test]
fn a_signed_cookie_is_read_under_its_name() {
    TestApp::run(application(), async |app| {
        let set = app.post("/cookies").await;
        let header = set.headers("set-cookie").next().expect("a cookie");
        assert!(header.starts_with("theme=sig:v1:"), "{header}");
        let other = header.replacen("theme=", "other=", 1);
        let other = other.split(';').next().expect("a value").to_owned();
        app.get("/signed")
            .await
            .assert_json(&serde_json::json!(["dark", null]));
        app.get("/signed")
            .header("cookie", other)
            .await
            .assert_json(&serde_json::json!([null, null]));
    });
}
