//! Cookies: what becomes of them when secrets change, and what every one of them has.

use velocious::config::Environment;
use velocious::http::Cookie;
use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::testing::{TestApp, TestResponse};

pub mod routes {
    velocious::routes! {
        post "/visitors" => visitors::create as visitors;
        get "/visitor" => visitors::show as visitor;
        post "/visitor/cookie" => visitors::cookie as visitor_cookie;
        get "/visitor/file" => visitors::file as visitor_file;
    }
}

pub mod controllers {
    use super::*;

    pub struct VisitorsController;

    #[controller]
    impl VisitorsController {
        pub async fn create(ctx: Context) -> Result<Response> {
            ctx.session().reset()?;
            ctx.session().set("visitor", ctx.request().query_string())?;
            ctx.remember(ctx.request().query_string(), "digest")?;
            ctx.flash().notice("Hello.");
            ctx.set_cookie(Cookie::new("signed", "a").signed());
            ctx.set_cookie(Cookie::new("plain", "a").permanent());
            ctx.redirect(RoutePath::raw("/visitor"))
        }

        pub async fn show(ctx: Context) -> Result<Response> {
            let remembered = ctx.remembered::<String>().map(|remembered| remembered.who);
            ctx.render_json(&(ctx.session().get::<String>("visitor"), remembered))
        }

        pub async fn cookie(ctx: Context, Params(sent): Params<Sent>) -> Result<Response> {
            let mut cookie = Cookie::new(sent.name, sent.value);
            if let Some(path) = sent.path {
                cookie = cookie.path(path);
            }
            if let Some(domain) = sent.domain {
                cookie = cookie.domain(domain);
            }
            ctx.set_cookie(cookie);
            ctx.render_json("set")
        }

        pub async fn file(ctx: Context, Params(sent): Params<Named>) -> Result<Response> {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
            ctx.send_file(path).filename(sent.name).await
        }
    }

    #[derive(serde::Deserialize)]
    pub struct Sent {
        name: String,
        value: String,
        path: Option<String>,
        domain: Option<String>,
    }

    #[derive(serde::Deserialize)]
    pub struct Named {
        name: String,
    }
}

const OLD: &str = "2f9c41d7a06be83514c7f02d9ab8635ee1740c9bd82f6a35c01d7e94b6f3a082";
const NEW: &str = "c3e80b6f1a947d25b0f86ec21d3794a85c0e7fb92461ad38f5027c9e4b8d1a60";

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes())
}

/// The cookies of an answer as a browser sends them back.
fn sent_back(response: &TestResponse) -> String {
    let cookies = response
        .headers("set-cookie")
        .map(|cookie| cookie.split(';').next().unwrap_or_default());
    cookies.collect::<Vec<_>>().join("; ")
}

#[test]
fn a_thousand_sessions_outlive_their_secret_and_end_with_its_last_mention() {
    const COUNT: usize = 1_000;
    let old: Vec<String> = TestApp::run_with(
        application(),
        &[("security.cookie_secret", OLD)],
        async |app| {
            let mut cookies = Vec::new();
            for number in 0..COUNT {
                cookies.push(sent_back(&app.post(format!("/visitors?{number}")).await));
            }
            cookies
        },
    );
    let rotated = [
        ("security.cookie_secret", NEW),
        ("security.previous_cookie_secrets", OLD),
    ];
    let new: Vec<String> = TestApp::run_with(application(), &rotated, async |app| {
        let mut cookies = Vec::new();
        for (number, cookie) in old.iter().enumerate() {
            app.forget_cookies();
            let answer = app.get("/visitor").header("cookie", cookie.as_str()).await;
            let number = number.to_string();
            assert_eq!(answer.json(), serde_json::json!([number, number]));
            let again = sent_back(&answer);
            assert!(
                again.contains("shop_session=enc:v2:"),
                "it is written with the new secret: {again}"
            );
            cookies.push(again);
        }
        cookies
    });
    TestApp::run_with(
        application(),
        &[("security.cookie_secret", NEW)],
        async |app| {
            for (number, (old, new)) in old.iter().zip(&new).enumerate() {
                let answer = async |cookie: &str| {
                    app.forget_cookies();
                    app.get("/visitor").header("cookie", cookie).await.json()
                };
                assert_eq!(answer(old).await, serde_json::json!([null, null]));
                assert_eq!(answer(new).await[0], number.to_string());
            }
        },
    );
}

const PRODUCTION: &[(&str, &str)] = &[
    ("security.cookie_secret", NEW),
    ("security.hosts", "test.local"),
    ("log.file", "false"),
    ("log.console", "false"),
];

#[test]
fn every_cookie_is_kept_from_scripts_and_other_sites() {
    let check = async |app: TestApp, names: &[&str], secure: bool| {
        let response = app.post("/visitors?1").await;
        let mut seen: Vec<String> = Vec::new();
        for cookie in response.headers("set-cookie") {
            let parts: Vec<&str> = cookie.split("; ").collect();
            seen.push(parts[0].split('=').next().expect("a name").to_owned());
            for part in ["Path=/", "HttpOnly", "SameSite=Lax"] {
                assert!(parts.contains(&part), "{cookie}");
            }
            assert_eq!(parts.contains(&"Secure"), secure, "{cookie}");
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
        seen.sort();
        assert_eq!(seen, names);
        assert_eq!(response.header("cache-control"), Some("no-store"));
    };
    TestApp::run(application(), async |app| {
        let names = [
            "plain",
            "shop_flash",
            "shop_remember",
            "shop_session",
            "signed",
        ];
        check(app, &names, false).await;
    });
    TestApp::run_in(
        Environment::PRODUCTION,
        application(),
        PRODUCTION,
        async |app| {
            let names = [
                "__Host-shop_flash",
                "__Host-shop_remember",
                "__Host-shop_session",
                "plain",
                "signed",
            ];
            check(app.clone(), &names, true).await;
            assert_eq!(app.get("/visitor").await.json()[0], "1");
        },
    );
}

#[test]
fn no_part_of_a_cookie_becomes_a_header() {
    TestApp::run(application(), async |app| {
        let bad = [
            "a\r\nX-Evil: 1",
            "a\nX-Evil: 1",
            "a; Domain=evil.example",
            "a\0b",
            "a\u{85}b",
            "ü=",
            "a b;c",
            "",
        ];
        for (index, bad) in bad.iter().enumerate() {
            for field in ["name", "value", "path", "domain"] {
                let mut fields = vec![("name", "a"), ("value", "b")];
                fields.retain(|(name, _)| *name != field);
                fields.push((field, bad));
                app.forget_cookies();
                let response = app.post("/visitor/cookie").form(&fields).await;
                assert_eq!(response.header("x-evil"), None);
                let cookies: Vec<&str> = response.headers("set-cookie").collect();
                match cookies.as_slice() {
                    [] => drop(response.assert_status(500)),
                    [cookie] => {
                        let expected = match field {
                            "value" => {
                                cookie.starts_with("a=")
                                    && cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax")
                            }
                            // These are texts that a browser takes for what they are, or drops.
                            _ => index == 7 && field != "name",
                        };
                        assert!(expected, "{field} {bad:?}: {cookie}");
                    }
                    several => panic!("{field} {bad:?}: {several:?}"),
                }
            }
            let name = percent_encoded(bad);
            let file = app.get(format!("/visitor/file?name={name}")).await;
            assert_eq!(file.header("x-evil"), None);
            assert_eq!(file.headers("content-disposition").count(), 1);
        }
    });
}

fn percent_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn a_cookie_that_browsers_would_not_keep_is_an_error_and_not_a_loss() {
    TestApp::run(application(), async |app| {
        let set = async |name: &str, value: &str| {
            app.post("/visitor/cookie")
                .form(&[("name", name), ("value", value)])
                .await
        };
        set("a", &"x".repeat(4_000)).await.assert_status(200);
        let refused = set("a", &"x".repeat(4_096)).await;
        refused
            .assert_status(500)
            .assert_text("the cookie `a` cannot be set: it is longer than browsers keep");
        assert_eq!(refused.headers("set-cookie").count(), 0);
        let refused = set("__Host-a", "b").await;
        refused.assert_status(500).assert_text("sent over TLS only");
    });
}
