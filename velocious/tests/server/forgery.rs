//! Every way in which a request can say where it comes from, beside what becomes of it: `forgery.txt`.

use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use velocious::http::Cookie;
use velocious::prelude::*;
use velocious::testing::{TestApp, TestRequest};

pub mod routes {
    velocious::routes! {
        match [get, post, put, patch, delete] "/vote" => votes::cast as vote;
        post "/voter" => votes::register as voter;
        get "/voter/token" => votes::token as voter_token;
        mount "/mounted_votes" => crate::forgery::services;
    }
}

/// What is mounted: a service of actix that counts, too.
fn services(config: &mut velocious::actix_web::web::ServiceConfig) {
    let cast = async || {
        VOTES.fetch_add(1, Ordering::Relaxed);
        "cast"
    };
    config.route("/vote", velocious::actix_web::web::post().to(cast));
}

pub mod controllers {
    use super::*;

    pub struct VotesController;

    #[controller]
    impl VotesController {
        /// Counts, unless the method promises that nothing changes.
        pub async fn cast(ctx: Context) -> Result<Response> {
            if !ctx.request().method().is_safe() {
                VOTES.fetch_add(1, Ordering::Relaxed);
            }
            ctx.render_json("cast")
        }

        pub async fn register(ctx: Context) -> Result<Response> {
            ctx.session().set("voter", 1)?;
            ctx.remember(1, "the digest of a password")?;
            ctx.set_cookie(Cookie::new("theme", "dark"));
            ctx.render_json("registered")
        }

        pub async fn token(ctx: Context) -> Result<Response> {
            ctx.render_json(&ctx.csrf_token())
        }
    }
}

static VOTES: AtomicUsize = AtomicUsize::new(0);

const EXPECTED: &str = include_str!("forgery.txt");

const HEADING: &str = "\
# What becomes of a request by where it says that it comes from. `+` is answered, and has changed something where its
# method may; `-` is 403, and has changed nothing. A cell has three of them: without a token, with a valid one, and with one
# of another session.
#
# site: the header `Sec-Fetch-Site`; origin: the header `Origin` (own: of this host; trusted: one of
# `security.trusted_origins`); cookies: none, others (no session), remembered (`ctx.remember`), session.
# form, files: a form, and one with files; patch: a form with `_method`; text, json, empty: bodies of POST;
# mounted: POST to a service of actix.
";

/// The columns.
const REQUESTS: [&str; 13] = [
    "GET", "HEAD", "OPTIONS", "form", "files", "patch", "text", "json", "empty", "PUT", "PATCH",
    "DELETE", "mounted",
];
const SITES: [&str; 6] = ["-", "same-origin", "none", "same-site", "cross-site", "x"];
const ORIGINS: [&str; 6] = ["-", "own", "trusted", "other", "subdomain", "null"];
const COOKIES: [&str; 4] = ["none", "others", "remembered", "session"];

/// What a browser has: its cookies, and tokens.
struct Browser {
    cookies: Vec<String>,
    tokens: [Option<String>; 3],
}

impl Browser {
    async fn of(app: &TestApp) -> Self {
        let token = async || {
            app.get("/voter/token")
                .await
                .json()
                .as_str()
                .map(str::to_owned)
        };
        app.post("/voter").await;
        let other = token().await;
        app.forget_cookies();
        let registered = app.post("/voter").await;
        let own = token().await;
        app.forget_cookies();
        let cookies = registered.headers("set-cookie");
        let cookies = cookies.map(|cookie| cookie.split(';').next().unwrap_or_default().to_owned());
        Browser {
            cookies: cookies.collect(),
            tokens: [None, own, other],
        }
    }

    fn cookies(&self, which: &str) -> Option<String> {
        let names: &[&str] = match which {
            "none" => return None,
            "others" => &["theme="],
            "remembered" => &["theme=", "shop_remember="],
            _ => &["theme=", "shop_remember=", "shop_session="],
        };
        let sent: Vec<_> = self
            .cookies
            .iter()
            .filter(|cookie| names.iter().any(|name| cookie.starts_with(name)))
            .cloned()
            .collect();
        assert_eq!(sent.len(), names.len(), "{:?}", self.cookies);
        Some(sent.join("; "))
    }
}

/// A request of one of the columns, with a token where it belongs.
fn request(app: &TestApp, which: &str, token: Option<&str>) -> TestRequest {
    let with_header = |request: TestRequest| match token {
        Some(token) => request.header("x-csrf-token", token),
        None => request,
    };
    let fields = |first: (&'static str, &'static str)| {
        let mut fields = vec![first];
        fields.extend(token.map(|token| ("csrf_token", token)));
        fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect::<Vec<_>>()
    };
    let form = |first| {
        let fields = fields(first);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        app.post("/vote").form(&fields)
    };
    match which {
        "GET" => app.get("/vote?_method=delete"),
        "HEAD" => app.head("/vote"),
        "OPTIONS" => app.request(velocious::actix_web::http::Method::OPTIONS, "/vote"),
        "form" => form(("choice", "1")),
        "patch" => form(("_method", "patch")),
        "files" => {
            let request =
                app.post("/vote")
                    .part("choice", "1")
                    .file("file", "a.txt", "text/plain", "a");
            match token {
                Some(token) => request.part("csrf_token", token),
                None => request,
            }
        }
        "text" => with_header(app.post("/vote").body("text/plain", "{\"choice\": 1}")),
        "json" => with_header(app.post("/vote").json(&1)),
        "empty" => with_header(app.post("/vote")),
        "mounted" => with_header(app.post("/mounted_votes/vote")),
        "PUT" => with_header(app.put("/vote").json(&1)),
        "PATCH" => with_header(app.patch("/vote").json(&1)),
        _ => with_header(app.delete("/vote")),
    }
}

/// What becomes of a request: `+` or `-`.
async fn outcome(
    app: &TestApp,
    browser: &Browser,
    [site, origin, cookies]: [&str; 3],
    column: &str,
    token: usize,
) -> char {
    let mut request = request(app, column, browser.tokens[token].as_deref());
    request = match site {
        "-" => request.without_header("sec-fetch-site"),
        site => request.header("sec-fetch-site", site),
    };
    let origin = match origin {
        "-" => None,
        "own" => Some("https://shop.example"),
        "trusted" => Some("https://admin.example"),
        "other" => Some("https://evil.example"),
        "subdomain" => Some("https://blog.shop.example"),
        _ => Some("null"),
    };
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    if let Some(cookies) = browser.cookies(cookies) {
        request = request.header("cookie", cookies);
    }
    let before = VOTES.load(Ordering::Relaxed);
    let status = request.header("host", "shop.example").await.status();
    let votes = VOTES.load(Ordering::Relaxed) - before;
    app.forget_cookies();
    match (status, column, votes) {
        (200 | 204, "GET" | "HEAD" | "OPTIONS", 0)
        | (
            200,
            "form" | "files" | "patch" | "text" | "json" | "empty" | "PUT" | "PATCH" | "DELETE"
            | "mounted",
            1,
        ) => '+',
        (403, _, 0) => '-',
        other => panic!("{site} {origin:?} {cookies}: {other:?}"),
    }
}

#[test]
fn what_becomes_of_a_request_is_as_the_table_says() {
    let application = Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes());
    let settings = [("security.trusted_origins", "https://admin.example")];
    let table = TestApp::run_with(application, &settings, async |app| {
        let browser = Browser::of(&app).await;
        let mut table = format!("{HEADING}\n{:11} {:9} {:10}", "site", "origin", "cookies");
        for column in REQUESTS {
            let _ = write!(table, " {column:>7}");
        }
        table.push('\n');
        for site in SITES {
            for origin in ORIGINS {
                for cookies in COOKIES {
                    let _ = write!(table, "{site:11} {origin:9} {cookies:10}");
                    for column in REQUESTS {
                        let mut cell = String::new();
                        for token in 0..3 {
                            cell.push(
                                outcome(&app, &browser, [site, origin, cookies], column, token)
                                    .await,
                            );
                        }
                        let _ = write!(table, " {cell:>7}");
                    }
                    table.push('\n');
                }
            }
        }
        table
    });
    if std::env::var_os("BLESS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/server/forgery.txt");
        std::fs::write(path, &table).expect("a file");
        return;
    }
    let deviations: Vec<_> = table
        .lines()
        .zip(EXPECTED.lines())
        .filter(|(found, expected)| found != expected)
        .collect();
    assert_eq!(deviations, [], "found, expected");
    assert_eq!(table.lines().count(), EXPECTED.lines().count());
}
