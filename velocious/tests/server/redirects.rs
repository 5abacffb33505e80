//! Addresses that would lead to another host, and where a browser ends up.

use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::testing::{TestApp, TestResponse};

pub mod routes {
    velocious::routes! {
        get "/leave" => leaves::plain as leave;
        get "/leave/or" => leaves::or as leave_or;
        get "/leave/outside" => leaves::outside as leave_outside;
        get "/leave/back" => leaves::back as leave_back;
        get "/leave/known" => leaves::known as leave_known;
        redirect "/moved_to/{*rest}" => "/{rest}";
        redirect "/one/{name}" => public "/{name}/there";
    }
}

pub mod controllers {
    use super::*;

    pub struct LeavesController;

    #[controller]
    impl LeavesController {
        pub async fn plain(ctx: Context, Params(to): Params<To>) -> Result<Response> {
            ctx.redirect(RoutePath::raw(to.to))
        }

        pub async fn or(ctx: Context, Params(to): Params<To>) -> Result<Response> {
            ctx.redirect_or(to.to, RoutePath::raw("/home"))
        }

        pub async fn back(ctx: Context) -> Result<Response> {
            ctx.redirect_back(RoutePath::raw("/home"))
        }

        pub async fn known(ctx: Context, Params(to): Params<To>) -> Result<Response> {
            let known = ctx.local_path(to.to);
            ctx.redirect(known.unwrap_or_else(|| RoutePath::raw("/home")))
        }

        pub async fn outside(ctx: Context, Params(to): Params<To>) -> Result<Response> {
            ctx.redirect_outside(to.to)
        }
    }

    #[derive(serde::Deserialize)]
    pub struct To {
        to: String,
    }
}

/// What people have tried, and what they may try: every one of them is to lead to `evil.example`.
const TRICKS: &[&str] = &[
    "https://evil.example",
    "http://evil.example/path",
    "HTTPS://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example//",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\n\n//evil.example",
    " //evil.example",
    "\u{b}//evil.example",
    "\u{0}//evil.example",
    "/\u{0}/evil.example",
    "\u{a0}//evil.example",
    "\u{feff}//evil.example",
    "\u{2028}//evil.example",
    "\u{3000}//evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "ht\ttps://evil.example",
    "//shop.example@evil.example",
    "//shop.example:80@evil.example",
    "https://shop.example@evil.example",
    "https://shop.example\\@evil.example",
    "//evil.example#shop.example",
    "//evil.example?shop.example",
    "//evil.example%2fshop.example",
    "//evil.example%00.shop.example",
    "//evil.example\\.shop.example",
    "//\u{ff45}vil.example",
    "/\u{ff0f}evil.example",
    "\u{ff0f}\u{ff0f}evil.example",
    "/\u{2215}evil.example",
    "//evil\u{3002}example",
    "//[::ffff:203.0.113.7]",
    "//3405803783",
    "//0xcb007107",
    "/..//evil.example",
    "/.//evil.example",
    "/./\\evil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    "/%09/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "/\r\nLocation: https://evil.example",
    "/\nSet-Cookie: a=b",
    "/\u{85}/evil.example",
    "/ok\r\n\r\n<script>alert(1)</script>",
    ".evil.example",
    "@evil.example",
    "evil.example",
    "../evil.example",
    "?//evil.example",
    "#//evil.example",
    "",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "mailto:a@evil.example",
    "file:///etc/passwd",
    "blob:https://evil.example/x",
    "/\u{202e}elpmaxe.live//",
];

/// Paths that are to be followed.
const PATHS: &[(&str, &str)] = &[
    ("/", "/"),
    ("/tasks?page=2#last", "/tasks?page=2#last"),
    ("/tasks?next=//evil.example", "/tasks?next=//evil.example"),
    (
        "/tasks?next=https://evil.example",
        "/tasks?next=https://evil.example",
    ),
    ("/a b/Zo\u{eb}", "/a%20b/Zo%C3%AB"),
    ("/@shop", "/@shop"),
];

/// Whether a browser that is at `https://shop.example/leave` stays there, as the URL standard has it.
fn stays(location: &str) -> bool {
    let trimmed = location.trim_matches(|c: char| c <= ' ');
    let text: String = trimmed
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let text = text.replace('\\', "/");
    let scheme = text.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((scheme, _)) = scheme.split_once(':') {
        let mut letters = scheme.chars();
        let begins = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
        if begins && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) {
            return false;
        }
    }
    !text.starts_with("//")
}

/// Checks that no header has become two, and returns where the answer leads.
fn location(response: &TestResponse, to: &str) -> Option<String> {
    for name in ["set-cookie", "x-evil"] {
        assert_eq!(response.header(name), None, "{to:?}");
    }
    let locations: Vec<&str> = response.headers("location").collect();
    assert!(locations.len() <= 1, "{to:?}: {locations:?}");
    let location = locations.first().map(|location| (*location).to_owned());
    assert!(
        location
            .iter()
            .all(|location| location.bytes().all(|byte| (0x21..0x7f).contains(&byte))),
        "{to:?}: {location:?}"
    );
    location
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn no_address_leads_away_that_came_with_the_request() {
    let application = Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes());
    TestApp::run(application, async |app| {
        let (mut refused, mut local) = (0, 0);
        for to in TRICKS {
            let query = encoded(to);
            let plain = app.get(format!("/leave?to={query}")).await;
            let found = location(&plain, to).expect("a path, whatever was sent");
            assert!(found.starts_with('/') && stays(&found), "{found:?}");
            let or = app.get(format!("/leave/or?to={query}")).await;
            let found = location(&or, to).expect("a place to go");
            assert!(stays(&found), "{found:?}");
            match found.as_str() {
                "/home" => refused += 1,
                _ => local += 1,
            }
            // Whoever says that it is meant gets it, or an error: never a header more.
            let outside = app.get(format!("/leave/outside?to={query}")).await;
            location(&outside, to);
            for path in [
                format!("/moved_to/{query}"),
                format!("/moved_to/{to}"),
                format!("/one/{query}"),
            ] {
                let Ok(uri) = path.parse::<velocious::actix_web::http::Uri>() else {
                    continue;
                };
                let moved = app.get(uri.to_string()).await;
                if let Some(found) = location(&moved, to) {
                    assert!(stays(&found), "{path}: {found:?}");
                }
            }
        }
        assert!(
            refused > 50 && local > 5,
            "{refused} refused, {local} local"
        );
        for (to, expected) in PATHS {
            let query = encoded(to);
            for action in ["/leave", "/leave/or"] {
                app.get(format!("{action}?to={query}"))
                    .await
                    .assert_redirect(expected);
            }
        }
        app.get("/leave/or?to=https:%2F%2Fevil.example")
            .await
            .assert_redirect("/home");
        let outside = app
            .get("/leave/outside?to=https:%2F%2Fpartner.example%2Fa")
            .await;
        outside.assert_redirect("https://partner.example/a");
    });
}

#[test]
fn no_page_that_a_browser_comes_from_leads_away() {
    let application = Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes());
    TestApp::run(application, async |app| {
        let (mut asked, mut home) = (0, 0);
        let mut check = |response: &TestResponse, to: &str| {
            let found = location(response, to).expect("a place to go");
            assert!(stays(&found), "{to:?}: {found:?}");
            asked += 1;
            home += usize::from(found == "/home");
        };
        for to in TRICKS {
            let known = app.get(format!("/leave/known?to={}", encoded(to))).await;
            check(&known, to);
            if !to.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
                continue;
            }
            let pages = [
                "",
                "https://test.local",
                "https://test.local/",
                "https://test.local@",
                "https://test.local:80@",
                "https://test.local.",
            ];
            for page in pages {
                let referer = format!("{page}{to}");
                let back = app.get("/leave/back").header("referer", &referer).await;
                check(&back, &referer);
            }
        }
        assert_eq!(home, asked, "none of them is a page of this application");
        let back = app
            .get("/leave/back")
            .header("referer", "https://test.local/leave?to=x");
        back.await.assert_redirect("/leave?to=x");
    });
}

#[test]
fn a_browser_s_way_of_reading_addresses_is_known() {
    for away in [
        "//evil.example",
        "/\\evil.example",
        "\t//evil.example",
        "https:evil.example",
        "javascript:x",
        "/\t/evil.example",
    ] {
        assert!(!stays(away), "{away:?}");
    }
    for local in ["/", "/a:b", "?x", "/..//evil.example", "a/b:c"] {
        assert!(stays(local), "{local:?}");
    }
}
